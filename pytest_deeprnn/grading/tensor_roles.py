"""The student's tensors with the roles found for them, as the report shows them."""

from __future__ import annotations

from collections import defaultdict

from pytest_deeprnn.core.report import RoleFound
from pytest_deeprnn.measurement.alignment.align import Alignment
from pytest_deeprnn.measurement.alignment.cells import GATES
from pytest_deeprnn.measurement.alignment.layout import unravel
from pytest_deeprnn.measurement.traces import Traces

_MOST_TOLD = 500


def roles_found(traces: Traces) -> tuple[RoleFound, ...]:
    """The roles at the greatest depth that was looked at."""
    alignments = traces.known_alignments()
    return _of(alignments[-1]) if alignments else ()


def _of(alignment: Alignment) -> tuple[RoleFound, ...]:
    params = alignment.sensitivities.params
    told: dict[int, dict[str, None]] = defaultdict(dict)
    for flat, role in enumerate(alignment.naming.roles):
        leaf, _ = unravel(flat, params.shapes)
        if role is not None:
            told[leaf].setdefault(_words(role.layer, role.weight, alignment))
    for flat in alignment.grouping.unused:
        told[unravel(flat, params.shapes)[0]].setdefault("influences nothing")
    return tuple(
        RoleFound(
            path=f"params{leaf.path}",
            shape=leaf.shape,
            role=", ".join(told[number]) or "not recognised",
        )
        for number, leaf in enumerate(params.floats[:_MOST_TOLD])
    )


def _words(layer: int, weight: str, alignment: Alignment) -> str:
    if layer == 0:
        return f"output layer {'weight' if weight == 'W_hq' else 'bias'} {weight}"
    cell = alignment.naming.layers[layer - 1].found.cell
    kind = {"W_x": "input weight", "W_h": "recurrent weight", "b_h": "bias", "b_": "bias"}
    gate = "candidate" if weight == "b_hh" else GATES[cell][weight.split("_")[1][-1]]
    what = next(words for start, words in kind.items() if weight.startswith(start))
    if weight == "b_hh":
        what = "recurrent bias"
    place = "" if gate == "none" else f" {gate}"
    return f"layer {layer}{place} {what} {weight}"
