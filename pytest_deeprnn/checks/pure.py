"""pure: forward answers from its arguments alone and leaves everything else as it was."""

from __future__ import annotations

import torch

from pytest_deeprnn.checks.outcome import Failed, Outcome, Passed
from pytest_deeprnn.checks.values import example
from pytest_deeprnn.finding import Finding
from pytest_deeprnn.student import Answer
from pytest_deeprnn.traces import Trace, Traces
from pytest_deeprnn.wording import sentence

_COUNT = 4  # cases that are run again
_EQUAL = 1e-9


def pure(traces: Traces) -> Outcome:
    """The same call gives the same answer whenever it is made, and changes nothing else."""
    chosen = traces.cases[:: max(1, len(traces.cases) // _COUNT)][:_COUNT]
    first = [traces.trace(case) for case in chosen]
    for _ in range(2):  # one after another, so that each lies between others
        for trace in first:
            if not _repeats(traces, trace):
                detail = "the same call of forward, made again, gives different numbers"
                finding = Finding("state-global", detail, function="forward")
                return Failed(sentence(detail), (finding,), example(trace))
    return _unchanged(traces, first)


def _repeats(traces: Traces, trace: Trace) -> bool:
    answer = traces.student.forward(trace.sizes, trace.inputs, trace.theta, trace.old)
    return _same(answer, trace.answer)


def _same(left: Answer, right: Answer) -> bool:
    mine, other = left.outputs + left.state, right.outputs + right.state
    return len(mine) == len(other) and all(
        one.shape == two.shape
        and torch.allclose(one, two, rtol=_EQUAL, atol=_EQUAL, equal_nan=True)
        for one, two in zip(mine, other, strict=True)
    )


def _unchanged(traces: Traces, chosen: list[Trace]) -> Outcome:
    replaced: set[str] = set()
    for trace in chosen:
        seen = traces.student.observe(trace)
        if seen.changed:
            detail = f"forward changes its caller's {' and '.join(seen.changed[:3])} in place"
            finding = Finding("state-mutated", detail, function="forward")
            return Failed(sentence(detail), (finding,), example(trace), observed=True)
        if seen.settings:
            detail = f"forward changes {' and '.join(seen.settings)}, which other code shares"
            finding = Finding("state-global", detail, function="forward")
            return Failed(sentence(detail), (finding,), example(trace), observed=True)
        replaced |= set(seen.replaced)
    if replaced:
        return Passed(
            f"forward puts new tensors into the {' and '.join(sorted(replaced))} it is given."
        )
    return Passed()
