"""The layer that an operation serves, by the first new state that its result flows into."""

from __future__ import annotations

from pytest_deeprnn.checks.evidence.parameter_uses import Uses
from pytest_deeprnn.core.exercise import Cell, Exercise
from pytest_deeprnn.sandbox.protocol.messages import Step

_SHAPING = (
    *("cat", "stack", "concat", "reshape", "view", "flatten", "vstack", "squeeze", "unsqueeze"),
    *("detach", "clone", "contiguous"),
)
#: How many tensors of the state a layer has.
_PARTS: dict[Cell, int] = {"rnn": 1, "gru": 1, "lstm": 2}


def layer_of(uses: Uses, number: int, exercise: Exercise) -> int | None:
    """The layer, None where the new state does not come in one tensor for each part."""
    made = _new_states(uses)
    cells = exercise.cells(exercise.network.max_layers)
    owners = [layer for layer, cell in enumerate(cells, 1) for _ in range(_PARTS[cell])]
    whole = len(made) >= len(owners) or owners[len(made)] != owners[len(made) - 1]
    if not made or len(made) > len(owners) or not whole:
        return None
    reached = uses.reaches(number)
    return next((owner for owner, one in zip(owners, made, strict=False) if one in reached), None)


def _new_states(uses: Uses) -> list[int]:
    """The operations that computed the parts of the new state, in the order of time."""
    steps = uses.recording.steps
    waiting = [steps.index(step) for step in uses.recording.made("new")]
    found: set[int] = set()
    while waiting:
        number = waiting.pop()
        before = [read.step for read in steps[number].reads if read.step >= 0]
        if _shapes(steps[number]) and before:
            waiting += before
        else:
            found.add(number)
    return sorted(found)


def _shapes(step: Step) -> bool:
    return step.operation in _SHAPING
