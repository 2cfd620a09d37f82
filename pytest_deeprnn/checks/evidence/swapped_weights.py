"""Weights that multiply the wrong thing: two for the old state and none for the input."""

from __future__ import annotations

from collections.abc import Iterable

from pytest_deeprnn.core.facts.fact import Fact, Phrase, TensorPath
from pytest_deeprnn.core.facts.networks import GateOf, InputForState, Layer, StateForInput
from pytest_deeprnn.core.facts.parameters import MissingWeight
from pytest_deeprnn.core.finding import Finding
from pytest_deeprnn.measurement.alignment.align import Alignment
from pytest_deeprnn.measurement.recording.student_names import OwnNames, alike

#: The weight that is missing, the one that two tensors hold, the cause, and what is done.
_CROSSED: dict[str, tuple[str, str, type[StateForInput] | type[InputForState]]] = {
    "W_x": ("W_h", "wrong-layer-input", StateForInput),
    "W_h": ("W_x", "wrong-recurrence", InputForState),
}


def misplaced(
    alignment: Alignment, missing: Iterable[Finding], names: OwnNames
) -> tuple[Finding, ...]:
    """Missing weights whose tensor is there, but multiplies what another weight multiplies."""
    found = (_misplaced(alignment, one, names) for one in missing)
    return tuple(one for one in found if one is not None)


def _misplaced(alignment: Alignment, missing: Finding, names: OwnNames) -> Finding | None:
    if not isinstance(missing.fact, MissingWeight) or missing.layer is None:
        return None
    weight = missing.fact.weight
    if weight[:3] not in _CROSSED:
        return None
    kind, code, fact = _CROSSED[weight[:3]]
    twins = _holders(alignment, missing.layer, kind + weight[3:])
    if len(twins) < 2:
        return None
    gates = {one.weight[3:] for one in alignment.held if one.layer == missing.layer} - {weight[3:]}
    like, unlike = (
        [path for gate in gates for path in _holders(alignment, missing.layer, prefix + gate)]
        for prefix in (weight[:3], kind)
    )
    # without other gates to compare with, the input's weight stands first
    before = twins if weight.startswith("W_x") else twins[::-1]
    path = max(before, key=lambda one: _near(one, like, names) - _near(one, unlike, names))
    who: Fact = Layer(missing.layer)
    if missing.gate != "none":
        who = GateOf(Phrase(missing.gate), missing.layer)
    return Finding(code, fact(who, TensorPath(path)), missing.layer, missing.gate)


def _holders(alignment: Alignment, layer: int, weight: str) -> list[str]:
    """The paths of the tensors that serve as a weight, in the student's order."""
    floats = alignment.sensitivities.params.floats
    held = {
        (one.block.leaf, one.block.base)
        for one in alignment.held
        if (one.layer, one.weight) == (layer, weight)
    }
    return [f"params{floats[leaf].path}" for leaf, _ in sorted(held)]


def _near(path: str, others: list[str], names: OwnNames) -> float:
    """How much a tensor's name has in common with those of others."""
    counts = [alike(names.of(path), names.of(other)) for other in others]
    return sum(counts) / len(counts) if counts else 0.0
