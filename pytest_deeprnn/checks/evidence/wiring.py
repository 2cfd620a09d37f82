"""What the measured wiring says where it is not the one asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pytest_deeprnn.core.catalogue import N_
from pytest_deeprnn.core.exercise import Cell
from pytest_deeprnn.core.facts import networks, states
from pytest_deeprnn.core.facts.fact import Fact, Phrase, TensorPath
from pytest_deeprnn.core.finding import Finding
from pytest_deeprnn.core.report import Gate
from pytest_deeprnn.measurement.alignment.align import Alignment
from pytest_deeprnn.measurement.alignment.cells import GATES
from pytest_deeprnn.measurement.alignment.layout import unravel
from pytest_deeprnn.measurement.alignment.role_types import Fault, LayerFound, Role
from pytest_deeprnn.measurement.recording.student_names import OwnNames, alike

_QUANTITIES: dict[Cell, Phrase] = {
    "rnn": Phrase("H"),
    "gru": Phrase(N_("candidate and H")),
    "lstm": Phrase(N_("candidate and C and H")),
}
#: What an upper layer reads in the place of the one below: the cause, and the fact of a layer.
_READS: dict[str, tuple[str, Callable[[int], Fact]]] = {
    "inputs": ("wrong-layer-input", networks.ReadsInput),
    "memory": ("wrong-layer-input", networks.ReadsMemory),
    "candidate": ("wrong-layer-input", networks.ReadsCandidate),
    "part": ("wrong-layer-input", networks.ReadsPart),
    "sum": ("extra-connection", networks.ReadsSum),
    "squashed": ("wrong-activation", networks.ReadsSquashed),
    "nothing": ("missing-term", networks.ReadsNothing),
    "stale": ("stale-layer-input", networks.ReadsStale),
}


def wrong_cells(alignment: Alignment, asked: list[Cell]) -> tuple[Finding, ...]:
    """Layers that are another cell than asked for; exact where the reference reproduces them."""
    return tuple(
        Finding(
            "wrong-cell",
            networks.OtherCell(number, networks.KINDS[found], networks.KINDS[wanted]),
            number,
            exact=alignment.proven,
        )
        for number, (found, wanted) in enumerate(zip(alignment.cells, asked, strict=False), start=1)
        if found != wanted and not _is_mutated(alignment.naming.layers[number - 1])
    )


def _is_mutated(layer: LayerFound) -> bool:
    """A gated cell with a fault is meant as that cell; a plain one has any activation."""
    return layer.found.cell != "rnn" and bool(layer.found.mutations)


def explain(
    alignment: Alignment, asked: list[Cell], names: OwnNames | None = None
) -> tuple[Finding, ...]:
    """All that the wiring shows, lowest layer first."""
    one_state = shared(alignment)
    return (
        *wrong_cells(alignment, asked),
        *((one_state,) if one_state is not None else ()),
        *_idle_state(alignment, asked),
        *_not_returned(alignment),
        *_layers(alignment),
        *_doubled(alignment, names or OwnNames()),
        *(_of_fault(fault) for fault in alignment.naming.faults),
        *_output(alignment),
    )


def _of_fault(fault: Fault) -> Finding:
    mutation = fault.mutation
    if mutation is None:
        return Finding(fault.code, fault.fact, fault.layer)
    return Finding(
        fault.code, fault.fact, fault.layer, mutation=mutation.id, equation=mutation.equation
    )


def shared(alignment: Alignment) -> Finding | None:
    """Two layers whose recurrent weights, or memories, multiply the same old state units."""
    owners: dict[int, int] = {}
    for number, layer in enumerate(alignment.naming.layers, start=1):
        old = {*layer.recurrent, *layer.found.old_hidden, *layer.found.old_memory}
        for position in old:
            other = owners.setdefault(position, number)
            if other != number:
                path = _state_path(alignment, position)
                return Finding(
                    "shared-state",
                    states.SharedStart(other, number, path),
                    number if _owns(alignment, other, position) else other,
                )
    return None


def _owns(alignment: Alignment, layer: int, position: int) -> bool:
    own = alignment.owned[layer - 1]
    return position in (*own.hidden, *own.memory)


def _idle_state(alignment: Alignment, asked: list[Cell]) -> Iterator[Finding]:
    """Old state that nobody reads, although no weight is idle: another state stands for it."""
    prints, layers = alignment.sensitivities, alignment.naming.layers
    if len(layers) >= min(len(asked), alignment.depth) or alignment.grouping.unused:
        return
    read = prints.state_effect.abs().amax((0, 1)) > 0
    idle = sorted({_state_path(alignment, int(p)) for p in (~read).nonzero().flatten()})
    if idle:
        yield Finding("shared-state", states.StateUnread(tuple(idle)), len(layers) + 1)


def moved(alignment: Alignment) -> bool:
    """Whether a part of the state comes back at another place."""
    places = [
        {(one.layer, one.part): (one.block.leaf, one.block.base) for one in held}
        for held in (alignment.old, alignment.new)
    ]
    old, new = places
    return old.keys() == new.keys() and old != new and set(old.values()) == set(new.values())


def _state_path(alignment: Alignment, position: int) -> TensorPath:
    state = alignment.sensitivities.state
    leaf, _ = unravel(position, state.shapes)
    return TensorPath(f"state{state.floats[leaf].path}")


def _not_returned(alignment: Alignment) -> Iterator[Finding]:
    """Parts of the state that do not come back, beside others that do."""
    layers = alignment.naming.layers
    lost = {
        number: [
            name
            for name, values, positions in (
                ("H", layer.found.values, layer.found.hidden),
                ("C", layer.found.memory_values, layer.found.memory),
            )
            if values and not positions
        ]
        for number, layer in enumerate(layers, start=1)
    }
    returned = sum(len(layer.found.hidden) + len(layer.found.memory) for layer in layers)
    for number, parts in lost.items():
        if not parts or not returned:
            continue
        whole = len(parts) > 1 or layers[number - 1].found.cell != "lstm"
        if _comes_back_old(alignment, number, parts):
            old = states.LayerStateOld(number) if whole else states.LayerOld(number, parts[0])
            yield Finding("state-not-returned", old, number, function="forward")
        else:
            gone = states.LayerStateLost(number) if whole else states.LayerLost(number, parts[0])
            yield Finding("state-incomplete", gone, number)


def _comes_back_old(alignment: Alignment, number: int, parts: list[str]) -> bool:
    """Whether the new state holds a layer's old numbers, in every call that was measured."""
    prints = alignment.sensitivities
    old = prints.old[:, [*_old_positions(alignment, number, parts)]]
    new = {tuple(column.tolist()) for column in prints.new.T}
    return old.shape[1] > 0 and all(tuple(column.tolist()) in new for column in old.T)


def _old_positions(alignment: Alignment, number: int, parts: list[str]) -> Iterator[int]:
    found = alignment.naming.layers[number - 1]
    if "H" in parts:
        yield from found.found.old_hidden or found.recurrent
    if "C" in parts:
        yield from found.found.old_memory


def _layers(alignment: Alignment) -> Iterator[Finding]:
    for number, layer in enumerate(alignment.naming.layers, start=1):
        for mutation in layer.found.mutations:
            if layer.recurrent or layer.found.cell == "rnn":
                gate: Gate = mutation.gate  # type: ignore[assignment]  # mutations name gates only
                does = networks.Mutated(mutation.id, Phrase(mutation.text), mutation.changes_old)
                yield Finding(
                    mutation.code,
                    networks.LayerMutated(number, does),
                    number,
                    gate,
                    mutation=mutation.id,
                    equation=mutation.equation,
                )
        if number > 1 and layer.reads == "lower":
            lower = networks.ReadsLayerInstead(number, layer.reads_layer, number - 1)
            yield Finding("wrong-layer-input", lower, number)
        if number > 1 and layer.reads in _READS:
            code, fact = _READS[layer.reads]
            yield Finding(code, fact(number), number)
        if not layer.recurrent:
            yield Finding("no-recurrence", networks.ReadsNoOldState(number), number)


def _doubled(alignment: Alignment, names: OwnNames) -> Iterator[Finding]:
    """Parameters that two sums use; the weight that one of them should use is then idle."""
    told: set[tuple[int, str, str]] = set()
    for flat, one, other in alignment.naming.doubled:
        leaf = _leaf(alignment, flat)
        key = (leaf, one.weight, other.weight)
        if key not in told:
            told.add(key)
            owner, thief = sorted((one, other), key=lambda role: _idle_near(alignment, role, names))
            path = _param_path(alignment, leaf)
            yield Finding(
                "wrong-weight",
                networks.WeightTaken(
                    _user(alignment, thief),
                    path,
                    thief.weight,
                    owner.weight,
                    _user(alignment, owner),
                ),
                thief.layer,
                _gate(alignment, thief),
            )


def _leaf(alignment: Alignment, flat: int) -> int:
    return unravel(flat, alignment.sensitivities.params.shapes)[0]


def _param_path(alignment: Alignment, leaf: int) -> TensorPath:
    return TensorPath(f"params{alignment.sensitivities.params.floats[leaf].path}")


def _idle_near(alignment: Alignment, role: Role, names: OwnNames) -> tuple[int, int]:
    """How well an idle tensor fits those of a sum, by name and by place in the student's order.

    The sum that borrows a weight has one of its own, which lies idle among its others.
    """
    shared = {flat for flat, _, _ in alignment.naming.doubled}
    own = {
        _leaf(alignment, flat)
        for flat, held in enumerate(alignment.naming.roles)
        if held is not None
        and flat not in shared
        and (held.layer, held.weight[-1]) == (role.layer, role.weight[-1])
    }
    pairs = [(one, other) for one in alignment.unused_leaves for other in own]
    likeness = [alike(*(names.of(_param_path(alignment, leaf)) for leaf in pair)) for pair in pairs]
    distance = min((abs(one - other) for one, other in pairs), default=len(own))
    return max(likeness, default=0), -distance


def _user(alignment: Alignment, role: Role) -> Fact:
    """The sum that a weight belongs to."""
    if role.layer == 0:
        return networks.OutputLayer()
    gate = _gate(alignment, role)
    if gate == "none":
        return networks.Layer(role.layer)
    return networks.GateOf(Phrase(gate), role.layer)


def _gate(alignment: Alignment, role: Role) -> Gate:
    if role.layer == 0:
        return "none"
    cell = alignment.naming.layers[role.layer - 1].found.cell
    return GATES[cell].get(role.weight.split("_")[1][-1], "none")  # type: ignore[return-value]  # GATES holds gates only


def _output(alignment: Alignment) -> Iterator[Finding]:
    naming = alignment.naming
    if naming.output_from is not None and naming.output_from < len(naming.layers):
        yield Finding(
            "output-wrong-layer",
            networks.OutputReadsLower(naming.output_from, len(naming.layers)),
            naming.output_from,
        )


def unexplained(alignment: Alignment, asked: list[Cell]) -> Finding:
    """The lowest layer that is not recognised, where nothing better is known."""
    number = len(alignment.naming.layers) + 1
    if number > len(asked):
        return Finding("output-activation", networks.OutputsNotOfLast(), fallback=True)
    wanted, quantity = networks.KINDS[asked[number - 1]], _QUANTITIES[asked[number - 1]]
    fact: Fact = networks.Unrecognised(wanted, quantity)
    if number > 1:
        fact = networks.UnrecognisedFrom(_recognised(alignment), number, wanted, quantity)
    return Finding("cell-update", fact, number, fallback=True)


def _recognised(alignment: Alignment) -> Fact:
    """The layers below, by what they are."""
    cells = list(alignment.cells)
    kinds = networks.KINDS
    if len(cells) > 1 and len(set(cells)) == 1:
        return networks.LayersAre(len(cells), kinds[cells[0]])
    said = (networks.LayerIs(number, kinds[cell]) for number, cell in enumerate(cells, start=1))
    return networks.Several(tuple(said))
