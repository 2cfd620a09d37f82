"""causal and batch-independent: what an input reaches, whatever the order of the rows."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from measured import RNN, STEP, failure, note, replaced, with_step

from pytest_deeprnn.checks.independence import batch_independent, causal
from pytest_deeprnn.checks.outcome import Blocked
from pytest_deeprnn.measurement.traces import Traces

Measure = Callable[..., Traces]

RETURN = "return torch.cat(outputs), [H]"


def forwards(line: str) -> str:
    """The text with a line before the steps."""
    return replaced("    outputs = []", f"    {line}\n    outputs = []")


RIGHT = {
    "the book's": RNN,
    "batch first": replaced(RETURN, "return torch.stack(outputs, 1).flatten(0, 1), [H]"),
    "backwards": replaced(RETURN, "return torch.cat(outputs[::-1]), [H]"),
    "the state alone": with_step("H = torch.tanh(H @ W_hh + b_h)"),
    "an average of what came": with_step(f"{STEP}\nH = H / (1 + len(outputs))"),
}


@pytest.mark.parametrize("name", RIGHT)
def test_outputs_that_know_their_past_alone_pass(traces: Measure, name: str) -> None:
    measured = traces(RIGHT[name])
    assert note(causal(measured)) == note(batch_independent(measured)) == ""


@pytest.mark.parametrize(
    "text",
    [
        forwards("inputs = inputs + inputs[-1]"),
        forwards("inputs = inputs - inputs.mean(0)"),
        forwards("inputs = inputs.flip(0)"),
        forwards("inputs = torch.cat([inputs[1:], inputs[:1]])"),
        replaced(RETURN, "return torch.cat([y + H @ W_hq for y in outputs]), [H]"),
        with_step(f"{STEP}\nif len(outputs) == 0: H = H + inputs[-1] @ W_xh"),
    ],
)
def test_outputs_that_know_what_comes_fail(traces: Measure, text: str) -> None:
    measured = traces(text)
    failed, finding = failure(causal(measured))
    assert finding.code == "not-causal"
    assert "earlier outputs" in failed.message
    assert note(batch_independent(measured)) == ""


@pytest.mark.parametrize(
    "text",
    [
        with_step(f"{STEP}\nH = H - H.mean(0)"),
        with_step(f"{STEP}\nH = H + H[:1]"),
        with_step(f"{STEP}\nH = H + H.roll(1, 0)"),
        with_step(f"{STEP}\nH = H.cumsum(0)"),
        with_step(f"{STEP}\nH = (H + H.flip(0)) / 2"),
        with_step(f"{STEP}\nH = torch.cat([H[:-1], H[-2:].sum(0, keepdim=True)])"),
        forwards("inputs = inputs / inputs.sum(1, keepdim=True).clamp(min=1)"),
    ],
    ids=["mean", "first", "roll", "cumsum", "flip", "last two", "counted"],
)
def test_sequences_that_know_each_other_fail(traces: Measure, text: str) -> None:
    measured = traces(text)
    failed, finding = failure(batch_independent(measured))
    assert finding.code == "batch-mixing"
    assert "another" in failed.message
    assert note(causal(measured)) == ""


@pytest.mark.parametrize("check", [causal, batch_independent])
@pytest.mark.parametrize(
    "step", [f"{STEP}\nH = H + torch.randn_like(H)", f"{STEP}\nH = H * next(N)"]
)
def test_nothing_is_said_where_equal_calls_differ(
    traces: Measure, check: Callable[[Traces], object], step: str
) -> None:
    text = with_step(step) + "\nimport itertools\nN = itertools.count(1)\n"
    assert check(traces(text)) == Blocked(("pure",))
