"""causal and batch-independent: no output depends on what it cannot know."""

from __future__ import annotations

from collections.abc import Callable

from pytest_deeprnn.checks.evidence.dependence import reaches_earlier_steps, reaches_other_sequences
from pytest_deeprnn.checks.outcome import Blocked, Failed, Outcome, Passed
from pytest_deeprnn.core.finding import Finding
from pytest_deeprnn.measurement.traces import Traces


def causal(traces: Traces) -> Outcome:
    """Outputs depend on inputs up to their own step."""
    return _outcome(traces, reaches_earlier_steps)


def batch_independent(traces: Traces) -> Outcome:
    """The sequences of a batch do not influence each other."""
    return _outcome(traces, reaches_other_sequences)


def _outcome(traces: Traces, look: Callable[[Traces], Finding | None]) -> Outcome:
    if traces.unrepeatable is not None:
        return Blocked(("pure",))  # what changes by itself shows no influence
    finding = look(traces)
    return Passed() if finding is None else Failed(finding.fact, (finding,))
