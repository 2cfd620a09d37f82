"""The student's tensors with the roles found for them, as the report shows them."""

from __future__ import annotations

from collections import defaultdict

from pytest_deeprnn.core.catalogue import Translate
from pytest_deeprnn.core.facts import roles
from pytest_deeprnn.core.facts.fact import Fact
from pytest_deeprnn.core.report import RoleFound
from pytest_deeprnn.measurement.alignment.align import Alignment
from pytest_deeprnn.measurement.alignment.cells import GATES
from pytest_deeprnn.measurement.alignment.layout import unravel
from pytest_deeprnn.measurement.traces import Traces

_MOST_TOLD = 500


def roles_found(traces: Traces, translate: Translate = str) -> tuple[RoleFound, ...]:
    """Return the roles at the greatest depth that was looked at, in words of a language."""
    alignments = traces.known_alignments()
    return _of(alignments[-1], translate) if alignments else ()


def _of(alignment: Alignment, translate: Translate) -> tuple[RoleFound, ...]:
    params = alignment.sensitivities.params
    told: dict[int, dict[Fact, None]] = defaultdict(dict)
    for flat, role in enumerate(alignment.naming.roles):
        leaf, _ = unravel(flat, params.shapes)
        if role is not None:
            told[leaf].setdefault(_fact(role.layer, role.weight, alignment))
    for flat in alignment.grouping.unused:
        told[unravel(flat, params.shapes)[0]].setdefault(roles.NoInfluence())
    return tuple(
        RoleFound(
            path=f"params{leaf.path}",
            shape=leaf.shape,
            role=", ".join(one.said(translate) for one in told[number] or [roles.Unknown()]),
        )
        for number, leaf in enumerate(params.floats[:_MOST_TOLD])
    )


def _fact(layer: int, weight: str, alignment: Alignment) -> Fact:
    if layer == 0:
        return roles.OutputWeight(weight) if weight == "W_hq" else roles.OutputBias(weight)
    cell = alignment.naming.layers[layer - 1].found.cell
    gate = "candidate" if weight == "b_hh" else GATES[cell][weight.split("_")[1][-1]]
    kind = next(words for start, words in roles.KINDS.items() if weight.startswith(start))
    if weight == "b_hh":
        kind = roles.RECURRENT_BIAS
    if gate == "none":
        return roles.LayerWeight(layer, kind, weight)
    return roles.GateWeight(layer, roles.GATES[gate], kind, weight)
