"""initialisation: weights start at random and at a scale near the book's; biases anywhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from measured import RNN, failure, note, replaced

from pytest_deeprnn.checks.initialisation import initialisation
from pytest_deeprnn.measurement.traces import Traces

Measure = Callable[..., Traces]

DRAWN = "(torch.randn(shape, device=device) * 0.01)"
RECURRENT = "W_xh, W_hh = normal(V, H, device=device), normal(H, H, device=device)"
BIAS = "torch.zeros(H, device=device)"


def recurrent(made: str) -> str:
    """The text with another recurrent weight."""
    return replaced(RECURRENT, f"W_xh, W_hh = normal(V, H, device=device), {made}")


def incoming(made: str) -> str:
    """The text with another input weight."""
    return replaced(RECURRENT, f"W_xh, W_hh = {made}, normal(H, H, device=device)")


@pytest.mark.parametrize(
    "text",
    [
        RNN,
        replaced(DRAWN, "(torch.randn(shape, device=device) * 0.3)"),
        replaced(DRAWN, "torch.nn.init.xavier_uniform_(torch.empty(shape, device=device))"),
        replaced(DRAWN, "torch.nn.init.orthogonal_(torch.empty(shape, device=device))"),
        replaced(DRAWN, "(torch.rand(shape, device=device) / 10 - 0.05)"),
        replaced(DRAWN, "torch.nn.init.uniform_(torch.empty(shape), -0.2, 0.2)"),
        recurrent("torch.eye(H)"),
        incoming("torch.randn(V, H)"),
        replaced(BIAS, "torch.ones(H)"),
        replaced(BIAS, "torch.randn(H) * 5"),
        replaced(BIAS, "normal(H, device=device)"),
        replaced("torch.zeros(V, device=device)", "torch.full((V,), -3.0)"),
    ],
)
def test_usual_starts_pass(traces: Measure, text: str) -> None:
    assert note(initialisation(traces(text))) == ""


@pytest.mark.parametrize(
    ("text", "code", "told"),
    [
        (replaced(DRAWN, "torch.zeros(shape)"), "init-constant", "W_xh of layer 1"),
        (recurrent("torch.zeros(H, H)"), "init-constant", "W_hh of layer 1"),
        (recurrent("torch.full((H, H), 0.01)"), "init-constant", "W_hh of layer 1"),
        (incoming("torch.randn(V, 1).repeat(1, H) * 0.01"), "init-constant", "W_xh of layer 1"),
        (incoming("torch.empty(V, H)"), "init-constant", "params[0]"),
        (replaced(BIAS, "torch.empty(H)"), "init-constant", "params[2]"),
        (replaced(BIAS, "torch.full((H,), float('inf'))"), "init-constant", "params[2]"),
        (recurrent("torch.randn(H, H)"), "init-scale", "W_hh of layer 1"),
        (recurrent("torch.randn(H, H) * 1e-6"), "init-scale", "W_hh of layer 1"),
        (incoming("torch.randn(V, H) * 10"), "init-scale", "W_xh of layer 1"),
        (replaced("normal(H, V, device=device)", "torch.randn(H, V) * 10"), "init-scale", "W_hq"),
        (replaced("normal(H, V, device=device)", "torch.ones(H, V)"), "init-constant", "W_hq"),
    ],
)
def test_an_unusual_start_fails_and_names_the_weight(
    traces: Measure, text: str, code: str, told: str
) -> None:
    failed, finding = failure(initialisation(traces(text)))
    assert (finding.code, finding.function) == (code, "get_params")
    assert told in failed.message


def test_the_scale_that_was_found_is_told(traces: Measure) -> None:
    failed, _ = failure(
        initialisation(
            traces(
                recurrent(
                    "torch.full((H, H), 2.0) * (-1) ** "
                    "torch.arange(H * H).view(H, H).pow(2).div(3).floor()"
                )
            )
        )
    )
    assert "a scale of 2 " in failed.message


@pytest.mark.parametrize(
    ("made", "code"),
    [("torch.zeros(shape)", "init-constant"), ("(torch.randn(shape) * 30)", "init-scale")],
)
def test_it_is_seen_where_forward_does_not_run_too(traces: Measure, made: str, code: str) -> None:
    text = replaced(DRAWN, made).replace("H, = state", "raise ValueError")
    assert failure(initialisation(traces(text)))[1].code == code


def test_it_is_not_mistaken_where_forward_does_not_run(traces: Measure) -> None:
    assert note(initialisation(traces(replaced("H, = state", "raise ValueError")))) == ""
