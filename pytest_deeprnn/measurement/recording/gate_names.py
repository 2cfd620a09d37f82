"""Of mutations that are one function, the one that the learner's own names speak for."""

from __future__ import annotations

import re
from dataclasses import replace

from pytest_deeprnn.measurement.alignment.align import Alignment
from pytest_deeprnn.measurement.alignment.role_types import LayerFound, Naming, Role
from pytest_deeprnn.measurement.recording.recording import Recording
from pytest_deeprnn.measurement.recording.student_names import OwnNames, own_names
from pytest_deeprnn.measurement.traces import Traces
from pytest_deeprnn.mutations.cell_mutations import MIX_BY_RESET, RESET_BY_UPDATE
from pytest_deeprnn.mutations.equivalent import SAME_GATE
from pytest_deeprnn.mutations.mutation import Mutation

_OTHER = {"r": "z", "z": "r"}


def as_meant(traces: Traces, depth: int) -> Alignment:
    """The alignment at a depth with the gates named as the learner does, where numbers can't tell.

    One gate that stands in two places is the reset gate or the update gate; its own name tells
    which, or that of the idle one.
    """
    found = traces.alignment(depth)
    unsure = [
        number
        for number, layer in enumerate(found.naming.layers, start=1)
        if any(mutation in SAME_GATE for mutation in layer.found.mutations)
    ]
    recorded = traces.recorded(depth) if unsure else None
    if recorded is None:
        return found
    recording = Recording(recorded, traces.call_at(depth), found)
    names = own_names(recording, traces.prepared)
    for number in unsure:
        if _is_the_other(found.naming.layers[number - 1], number, names, recording.idle):
            found = _exchanged(found, number)
    return found


def _is_the_other(layer: LayerFound, number: int, names: OwnNames, idle: tuple[str, ...]) -> bool:
    taken = "r" if MIX_BY_RESET in layer.found.mutations else "z"
    idle_gates = {_gate(names.of(path)) for path in idle}
    spoken = _OTHER.get(idle_gates.pop()) if len(idle_gates) == 1 else None
    busy = _gate(names.gates.get((number, taken), "")) or spoken
    return busy == _OTHER[taken]


def _gate(name: str) -> str:
    """The gate that a name speaks of: "r", "z", or "" where it does not say."""
    plain = name.lower()
    for word, gate in (("reset", "r"), ("update", "z"), ("upd", "z")):
        if word in plain:
            return gate
    letters = set(re.sub(r"[^a-z]", "", plain)) & {"r", "z"}
    return letters.pop() if len(letters) == 1 and len(plain) <= len("['W_hr_12']") else ""


def _exchanged(alignment: Alignment, number: int) -> Alignment:
    """Reset and update gate of a layer in each other's place, its mutation told the other way."""
    naming = alignment.naming
    layers = list(naming.layers)
    found = layers[number - 1].found
    gates = tuple(
        replace(gate, subscript=_OTHER.get(gate.subscript, gate.subscript)) for gate in found.gates
    )
    mutations = tuple(_told_otherwise(mutation) for mutation in found.mutations)
    layers[number - 1] = replace(
        layers[number - 1], found=replace(found, gates=gates, mutations=mutations)
    )
    held = tuple(
        replace(one, weight=_weight(one.weight)) if one.layer == number else one
        for one in alignment.held
    )
    return replace(alignment, naming=_renamed(naming, tuple(layers), number), held=held)


def _renamed(naming: Naming, layers: tuple[LayerFound, ...], number: int) -> Naming:
    def role(held: Role) -> Role:
        return replace(held, weight=_weight(held.weight)) if held.layer == number else held

    return replace(
        naming,
        layers=layers,
        roles=tuple(None if held is None else role(held) for held in naming.roles),
        doubled=tuple((flat, role(one), role(other)) for flat, one, other in naming.doubled),
    )


def _told_otherwise(mutation: Mutation) -> Mutation:
    return {MIX_BY_RESET: RESET_BY_UPDATE, RESET_BY_UPDATE: MIX_BY_RESET}.get(mutation, mutation)


def _weight(name: str) -> str:
    return name[:-1] + _OTHER.get(name[-1], name[-1])
