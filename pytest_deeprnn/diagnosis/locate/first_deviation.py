"""Where a gated layer that no known equation gives first parts from its own equations.

Gates and candidates are known by their squashed numbers in one recorded call. Three units of
random numbers that fit an equation fit it for no other reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from pytest_deeprnn.core.tolerances import COMPUTED
from pytest_deeprnn.measurement.recording.recording import Recording
from pytest_deeprnn.sandbox.protocol.messages import Step

_MOST_PIECES = 60  # every three of which are tried
_SQUASHED = ("sigmoid", "sigmoid_")
_BENT = ("tanh", "tanh_")
_SHAPING = ("cat", "stack", "concat", "reshape", "view", "flatten", "vstack", "squeeze")


@dataclass(frozen=True)
class _Vector:
    """H numbers that a step gave, alone or among others."""

    step: Step
    numbers: tuple[float, ...]


def departing(recording: Recording) -> Step | None:
    """The step of the lowest unknown layer that departs first, None where no state is unknown.

    Where H mixes a tanh with the old state as it should, the fault lies in that tanh; where C
    keeps and adds as it should, in H; else in the first state itself.
    """
    states = _unknown_states(recording)
    if not states:
        return None
    first = states[0]
    before = _before(recording, first)
    gates = [one for step in before for one in _pieces(step, first, _SQUASHED)][:_MOST_PIECES]
    bent = [one for step in before for one in _pieces(step, first, _BENT)][:_MOST_PIECES]
    for gate, candidate in product(gates, bent):
        if _is_mixture(recording, first, gate, candidate):
            return candidate.step
    for forget, let_in, candidate in product(gates, gates, bent):
        if len(states) > 1 and _is_memory(recording, first, (forget, let_in, candidate)):
            return states[1]
    return first


def _unknown_states(recording: Recording) -> list[Step]:
    """What gave the new states that no recognised layer has, in their order."""
    layers = range(1, len(recording.layers) + 1)
    known = {
        number
        for layer in layers
        for number in (*recording.hidden(layer), *recording.memory(layer))
    }
    seen: set[int] = set()
    made = [one for step in recording.made("new") for one in _parts(recording, step, seen)]
    unknown = [step for step in made if step.result and not known & set(step.result)]
    return sorted(unknown, key=recording.steps.index)


def _parts(recording: Recording, step: Step, seen: set[int]) -> Iterator[Step]:
    """What was joined and turned to make a state, what was `seen` on another way left out."""
    if id(step) in seen:
        return
    seen.add(id(step))
    before = [recording.steps[read.step] for read in step.reads if read.step >= 0]
    if step.operation in _SHAPING and before:
        for one in before:
            yield from _parts(recording, one, seen)
    else:
        yield step


def _before(recording: Recording, state: Step) -> list[Step]:
    """What was computed after the layer below, up to the new state."""
    end = recording.steps.index(state)
    below = [
        recording.steps.index(step)
        for layer in range(1, len(recording.layers) + 1)
        for step in recording.giving(recording.hidden(layer))[:1]
    ]
    start = max((number for number in below if number < end), default=-1)
    return list(recording.steps[start + 1 : end])


def _pieces(step: Step, like: Step, operations: tuple[str, ...]) -> Iterator[_Vector]:
    """The vectors of a state's length in what a step gave; fused gates are several."""
    length = len(like.result)
    if step.operation in operations and len(step.result) % length == 0:
        for start in range(0, len(step.result), length):
            yield _Vector(step, step.result[start : start + length])


def _is_mixture(recording: Recording, state: Step, gate: _Vector, candidate: _Vector) -> bool:
    """Whether H = Z·H + (1 − Z)·H̃ or (1 − Z)·H + Z·H̃ for numbers H of the old state."""
    known = list(zip(state.result, gate.numbers, candidate.numbers, strict=True))
    kept = [_quotient(new - (1 - z) * tilde, z) for new, z, tilde in known]
    let_in = [_quotient(new - z * tilde, 1 - z) for new, z, tilde in known]
    return _is_old(recording, kept) or _is_old(recording, let_in)


def _is_memory(recording: Recording, state: Step, parts: tuple[_Vector, _Vector, _Vector]) -> bool:
    """Whether C = F·C + I·C̃ for numbers C of the old state."""
    forget, let_in, candidate = (part.numbers for part in parts)
    known = zip(state.result, forget, let_in, candidate, strict=True)
    return _is_old(recording, [_quotient(new - i * tilde, f) for new, f, i, tilde in known])


def _quotient(number: float, factor: float) -> float:
    return number / factor if factor else float("inf")


def _is_old(recording: Recording, numbers: list[float]) -> bool:
    """Whether all these are numbers of the old state."""
    known = [one for tensor in recording.call.old for one in tensor.flatten().tolist()]
    return all(any(abs(number - one) <= COMPUTED for one in known) for number in numbers)
