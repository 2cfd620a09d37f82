"""One root cause that was found in several ways, or in all tensors of a layer, is told once."""

from __future__ import annotations

from dataclasses import replace

from pytest_deeprnn.core.facts.parameters import SameTensor, SameTensors, Span
from pytest_deeprnn.core.facts.states import LostState
from pytest_deeprnn.core.finding import Finding

#: There is one output layer, and a layer has one input: whatever is told of them is one fault.
_ONE_OUTPUT = "output-wrong-layer"
_ONE_INPUT = ("wrong-layer-input", "stale-layer-input")
_LEAST_OF_LAYER = 3  # weights: those of a plain layer


def merged(findings: list[Finding]) -> list[Finding]:
    """The findings with each root cause once: as proven, and with the layer that is known."""
    return _shared(_one_loss(_one_way(_proven(findings))))


def _proven(findings: list[Finding]) -> list[Finding]:
    """A proof without a layer stands for what was found in a layer."""
    proven = {one.code for one in findings if one.exact and one.layer is None}
    placed = {one.code for one in findings if not one.exact and one.layer is not None}
    return [
        replace(one, exact=True) if one.code in proven else one
        for one in findings
        if one.code not in proven or one.layer is not None or one.code not in placed
    ]


def _one_way(findings: list[Finding]) -> list[Finding]:
    """Of several sentences about one connection the proven one, else the first."""
    best: dict[tuple[str, int | None], Finding] = {}
    for finding in sorted(findings, key=lambda one: not one.exact):
        if finding.code == _ONE_OUTPUT or finding.code in _ONE_INPUT:
            best.setdefault(_connection(finding), finding)
    return [one for one in findings if best.get(_connection(one), one) is one]


def _connection(finding: Finding) -> tuple[str, int | None]:
    return finding.code, None if finding.code == _ONE_OUTPUT else finding.layer


def _one_loss(findings: list[Finding]) -> list[Finding]:
    """What of the state does not come back: the layers where they are known, else once."""
    lost = [one for one in findings if isinstance(one.fact, LostState)]
    told = [one for one in lost if one.layer is not None] or lost[:1]
    return [one for one in findings if one not in lost or one in told]


def _shared(findings: list[Finding]) -> list[Finding]:
    """Tensors that stand in as many places each, a whole layer's at least, in one sentence."""
    shared = [one for one in findings if isinstance(one.fact, SameTensor)]
    places = [one.fact.paths for one in shared if isinstance(one.fact, SameTensor)]
    if len(shared) < _LEAST_OF_LAYER or len({len(paths) for paths in places}) > 1:
        return findings
    spans = tuple(Span(*pair) for pair in zip(places[0], places[-1], strict=True))
    whole = replace(shared[0], measured=SameTensors(spans, len(places)))
    return [whole if one is shared[0] else one for one in findings if one not in shared[1:]]
