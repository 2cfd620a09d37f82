"""causal and batch-independent: no output depends on what it cannot know."""

from __future__ import annotations

from pytest_deeprnn.checks.outcome import Failed, Outcome, Passed
from pytest_deeprnn.diagnosis.influences import reaches_earlier_steps, reaches_other_sequences
from pytest_deeprnn.finding import Finding
from pytest_deeprnn.traces import Traces
from pytest_deeprnn.wording import sentence


def causal(traces: Traces) -> Outcome:
    """Outputs depend on inputs up to their own step."""
    return _outcome(reaches_earlier_steps(traces))


def batch_independent(traces: Traces) -> Outcome:
    """The sequences of a batch do not influence each other."""
    return _outcome(reaches_other_sequences(traces))


def _outcome(finding: Finding | None) -> Outcome:
    return Passed() if finding is None else Failed(sentence(finding.detail), (finding,))
