"""Of twists that are one function, the one that the learner's own names speak for."""

from __future__ import annotations

import re
from dataclasses import replace

from pytest_deeprnn.diagnosis.own_names import OwnNames
from pytest_deeprnn.finding import Finding
from pytest_deeprnn.twists.cells import MIX_BY_RESET, RESET_BY_UPDATE
from pytest_deeprnn.twists.equal import SAME_GATE

_OTHER = {"r": "z", "z": "r"}


def as_meant(finding: Finding, names: OwnNames, idle: tuple[str, ...]) -> tuple[Finding, OwnNames]:
    """A gate that stands in for another: which of the two it is, its name or an idle one tells.

    Idle are the paths of parameters that influence nothing. Names and gates are exchanged too.
    """
    if finding.twist not in SAME_GATE or finding.layer is None:
        return finding, names
    found = "r" if finding.twist is MIX_BY_RESET else "z"
    idle_gates = {_gate(names.of(path)) for path in idle}
    spoken = _OTHER.get(idle_gates.pop()) if len(idle_gates) == 1 else None
    busy = _gate(names.gates.get((finding.layer, found), "")) or spoken
    if busy in (None, found):
        return finding, names
    twist = RESET_BY_UPDATE if busy == "z" else MIX_BY_RESET
    gates = {
        (layer, _OTHER.get(gate, gate) if layer == finding.layer else gate): name
        for (layer, gate), name in names.gates.items()
    }
    told = replace(
        finding,
        detail=f"layer {finding.layer} {twist.text}",
        gate=twist.gate,  # type: ignore[arg-type]  # twists name gates only
        twist=twist,
    )
    return told, replace(names, gates=gates)


def _gate(name: str) -> str:
    """The gate that a name speaks of: "r", "z", or "" where it does not say."""
    plain = name.lower()
    for word, gate in (("reset", "r"), ("update", "z"), ("upd", "z")):
        if word in plain:
            return gate
    letters = set(re.sub(r"[^a-z]", "", plain)) & {"r", "z"}
    return letters.pop() if len(letters) == 1 and len(plain) <= len("['W_hr_12']") else ""
