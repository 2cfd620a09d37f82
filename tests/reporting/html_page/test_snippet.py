"""A failed case as Python, and that it does what the grader did."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from labelled import FOLDER, graded, labels
from msgspec.structs import replace

from pytest_deeprnn.core.report import Drawn, Example, FunctionFound, Report
from pytest_deeprnn.reporting.html_page.page import _environment
from pytest_deeprnn.reporting.html_page.reproduce import snippet

if TYPE_CHECKING:
    from tests.reporting.html_page.conftest import Show

DRAWN = Drawn(params_scale=0.25, state_scale=0.5, dtype="float64", tracked=True)
CALLS = {
    "get_params": "make(vocab_size=V, num_hiddens=H)",
    "init_state": "begin(B, H)",
    "forward": "gru(inputs, state, params)",
}


@pytest.fixture
def reproducible(failing: Report, example: Example) -> Report:
    """The failing report with all that a program needs."""
    shown = replace(example, drawn=DRAWN, place="outputs[4, 3]")
    functions = tuple(
        FunctionFound(role=role, name=call.partition("(")[0], line=1, call=call)  # type: ignore[arg-type]  # the three roles
        for role, call in CALLS.items()
    )
    check = replace(failing.checks[1], example=shown)
    return replace(failing, checks=(failing.checks[0], check), functions=functions)


def code(report: Report) -> str | None:
    found = snippet(report, _environment("en"))
    return None if found is None else found.code


def with_example(report: Report, **changes: object) -> Report:
    check = report.checks[1]
    assert check.example is not None
    return replace(report, checks=(replace(check, example=replace(check.example, **changes)),))


def test_it_is_python_that_calls_their_functions(reproducible: Report) -> None:
    text = code(reproducible)
    assert text is not None
    compile(text, "snippet", "exec")
    assert "V, H, L, B, T = 5, 4, 2, 2, 3" in text
    assert "params = drawn(make(vocab_size=V, num_hiddens=H), 0.25, True)" in text
    assert "outputs, new_state = gru(inputs, state, params)" in text
    assert "outputs[4, 3].item()" in text


def test_the_page_holds_it_folded_and_letter_by_letter(show: Show, reproducible: Report) -> None:
    page = show(reproducible)
    (shown,) = (text for text in page.all("pre") if "deeprnn_case" in text)
    assert shown == code(reproducible)
    assert any("deeprnn_case" in folded for folded in page.all("details"))
    assert "The case of the check “output-values” as Python" in page.text


def test_the_chinese_one_does_the_same(show_zh: Show, reproducible: Report) -> None:
    (shown,) = (text for text in show_zh(reproducible).all("pre") if "deeprnn_case" in text)
    compile(shown, "snippet", "exec")


def test_a_layer_s_own_width_makes_a_list(reproducible: Report) -> None:
    sizes = {"V": 5, "H1": 3, "H2": 4, "L": 2, "B": 2, "T": 3}
    assert "V, H, L, B, T = 5, [3, 4], 2, 2, 3" in (
        code(with_example(reproducible, sizes=sizes)) or ""
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"drawn": None},
        {"place": ""},
        {"sizes": {"V": 5}},
        {"place": "__import__('os').system('true')"},
        {"place": "outputs[0]; print(1)"},
        {"place": "outputs[0,\n0]"},
    ],
)
def test_what_cannot_be_told_in_a_program_is_left_out(
    reproducible: Report, changes: dict[str, object]
) -> None:
    assert code(with_example(reproducible, **changes)) is None


def test_without_a_call_or_with_a_name_of_its_own_there_is_none(reproducible: Report) -> None:
    first, *others = reproducible.functions
    assert code(replace(reproducible, functions=(replace(first, call=""), *others))) is None
    assert code(replace(reproducible, functions=(replace(first, name="params"), *others))) is None


def test_shapes_are_shown_where_no_number_is(reproducible: Report) -> None:
    bare = with_example(reproducible, place="", expected=None, got=None)
    text = code(replace(bare, checks=(replace(bare.checks[0], id="output-shape"),)))
    assert text is not None
    compile(text, "snippet", "exec")
    assert "result = gru(inputs, state, params)" in text


def test_hostile_names_are_text_on_the_page(show: Show, reproducible: Report) -> None:
    first, *others = reproducible.functions
    hostile = replace(first, call="make('</code><script>alert(1)</script>\u202e')")
    page = show(replace(reproducible, functions=(hostile, *others)))
    assert "script" not in {tag for tag, _ in page.tags}
    assert "\u202e" not in page.html


PROOF = pytest.mark.proof
#: Dictionaries, lists in one, and lists with own widths; what is wrong, and right, in each.
MENDED = {
    "cells/drnn_straight_top.py": ("H2 = a2", "H2 = torch.tanh(a2)"),
    "wiring/dlstm_third_from_first.py": ("s3 = cell(s1[0]", "s3 = cell(s2[0]"),
    "widths/dwid_relu_layers.py": ("x = F.relu(", "x = torch.tanh("),
}


@pytest.mark.parametrize(
    "name",
    ["cells/drnn_straight_top.py", *(pytest.param(one, marks=PROOF) for one in sorted(MENDED)[1:])],
)
def test_it_gives_the_report_s_numbers(name: str) -> None:
    wrong, right = MENDED[name]
    (label,) = (label for label in labels() if label.id == name)
    report = graded(label)
    found = snippet(report, _environment("en"))
    assert found is not None
    shown = found.check.example
    assert shown is not None
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert text.count(wrong) == 1
    assert printed(text, found.code) == pytest.approx([shown.got, shown.expected], abs=1e-12)
    mended = printed(text.replace(wrong, right), found.code)
    assert mended[0] == pytest.approx(shown.expected, abs=1e-12)


def printed(submission: str, code: str) -> list[float]:
    """The two numbers that a learner reads who pastes the program below their code."""
    run = subprocess.run(
        [sys.executable, "-c", f"{submission}\n\n{code}"],
        capture_output=True,
        text=True,
        check=True,
    )
    return [float(line.rsplit(" ", 1)[1]) for line in run.stdout.splitlines()[-2:]]
