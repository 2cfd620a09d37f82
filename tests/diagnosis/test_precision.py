"""Numbers of another precision than was asked for, and gradients that are turned off."""

from __future__ import annotations

import pytest
from graded_text import Grade
from one_layer import line_of, network

HALVED = """def zelle(x, h, ein, rueck, schwelle):
    summe = x @ ein + h @ rueck + schwelle
    return torch.tanh(summe.half()).to(h.dtype)"""
CAST = """def zelle(x, h, ein, rueck, schwelle):
    with torch.autocast("cpu", dtype=torch.bfloat16):
        neu = torch.tanh(x @ ein + h @ rueck + schwelle)
    return neu.to(h.dtype)"""
MIXED = """def zelle(x, h, ein, rueck, schwelle):
    genau = h.double()
    return torch.tanh(x @ ein + genau @ rueck + schwelle)"""


@pytest.mark.parametrize(
    ("parts", "line", "check"),
    [
        ({"cell": HALVED}, "half()", "output-values"),
        ({"cell": CAST}, "autocast", "output-values"),
        ({"cell": MIXED}, "genau @", "output-shape"),
        ({"cell": MIXED.replace("double", "bfloat16")}, "genau = ", "output-shape"),
        ({"top": "torch.set_default_dtype(torch.float16)"}, "float16", "parameters"),
        ({"begin": "torch.set_default_dtype(torch.float64)"}, "float64", "output-shape"),
        (
            {"begin": "torch.set_default_tensor_type('torch.DoubleTensor')"},
            "DoubleTensor",
            "output-shape",
        ),
    ],
)
@pytest.mark.filterwarnings("ignore:torch.set_default_tensor_type")
def test_the_dtype_is_the_cause(grade: Grade, parts: dict[str, str], line: str, check: str) -> None:
    text = network(**parts)
    report = grade(text, "rnn")
    first = report.diagnoses[0]
    assert (first.code, first.line) == ("precision", line_of(text, line))
    assert check in {one.id for one in report.checks if one.status == "fail"}


@pytest.mark.parametrize(("dtype", "check"), [("float64", "output-shape"), ("half", "parameters")])
def test_weights_of_a_fixed_dtype(grade: Grade, dtype: str, check: str) -> None:
    text = network().replace("randn(form, ", f"randn(form, dtype=torch.{dtype}, ")
    report = grade(text, "rnn")
    first = report.diagnoses[0]
    assert (first.code, first.line) == ("precision", line_of(text, "randn(form"))
    assert check in {one.id for one in report.checks if one.status == "fail"}


@pytest.mark.parametrize(
    "parts",
    [
        {"top": "torch.set_grad_enabled(False)"},
        {"end": "torch.autograd.set_grad_enabled(False)"},
        {"begin": "torch.set_grad_enabled(mode=False)"},
        {"top": "if torch.cuda.device_count() == 0:\n    torch.set_grad_enabled(False)"},
        {"top": "torch.no_grad().__enter__()"},
    ],
)
def test_gradients_that_are_turned_off_are_told_by_that_line(
    grade: Grade, parts: dict[str, str]
) -> None:
    text = network(**parts)
    report = grade(text, "rnn")
    (told,) = report.diagnoses
    line = line_of(text, "__enter__" if "__enter__" in text else "set_grad_enabled")
    assert (told.code, told.line) == ("state-detached", line)
    assert [one.id for one in report.checks if one.status == "fail"] == ["gradients"]
