"""The network as it was found, run on whole cases: a diagnosis that fits them all is a proof.

The alignment saw single steps at one pair of sizes. Here the reference gets the mutations that were
found there and must give the student's numbers in every case, with all steps, sequences and
sizes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from weakref import WeakKeyDictionary

from torch import Tensor

from pytest_deeprnn.core.tolerances import EXPLAINED
from pytest_deeprnn.measurement.alignment.align import Alignment
from pytest_deeprnn.measurement.alignment.role_types import LayerFound
from pytest_deeprnn.measurement.alignment.sources import same
from pytest_deeprnn.measurement.alignment.state_layout import Own
from pytest_deeprnn.measurement.trace import Trace
from pytest_deeprnn.measurement.traces import Traces
from pytest_deeprnn.mutations import compiled, wiring_mutations
from pytest_deeprnn.mutations.mutation import Mutation
from pytest_deeprnn.reference import stack

#: What shows only in a run of several steps or sequences.
_WHOLE_RUN = (
    wiring_mutations.STARTS_AGAIN,
    wiring_mutations.RETURNS_GIVEN,
    wiring_mutations.CROSSED,
    wiring_mutations.REVERSED_ROWS,
    wiring_mutations.BATCH_MAJOR,
    wiring_mutations.BACKWARDS,
    wiring_mutations.ONE_STATE,
)
_AT_ONCE = 2  # mutations of a whole run that are tried together


@dataclass(frozen=True)
class Proof:
    """A network that gives the student's numbers in every case that it was held against.

    `wired` are the mutations that single steps show, `runs` those that only whole runs do.
    """

    alignment: Alignment
    wired: tuple[Mutation, ...]
    runs: tuple[Mutation, ...]

    def forward(self, trace: Trace) -> tuple[Tensor, tuple[stack.State, ...]]:
        """What the mutated network gives; raises IndexError or RuntimeError where sizes differ."""
        alignment = self.alignment
        network = alignment.network(trace.theta, trace.sizes, mutated=True)
        state = alignment.state_of(trace.old, alignment.old, trace.sizes)
        return compiled.forward((*self.wired, *self.runs))(trace.inputs, state, network)

    def agrees(self, trace: Trace) -> bool:
        """Whether outputs and new state of a case are these."""
        try:
            outputs, new = self.forward(trace)
            given = trace.new_state() if trace.answer.state else ((),) * len(new)
        except (IndexError, KeyError, RuntimeError):
            return False
        rows, tolerance = trace.rows(), max(EXPLAINED, trace.tolerance)
        return (
            rows.shape == outputs.shape
            and same(rows, outputs, tolerance)
            and all(
                same(mine, right, tolerance)
                for parts, state in zip(given, new, strict=True)
                for mine, right in zip(parts, state, strict=False)
            )
        )


#: The proofs of a submission by its alignments, which live as long as its traces.
_PROVEN: WeakKeyDictionary[Traces, dict[int, Proof | None]] = WeakKeyDictionary()


def prove(alignment: Alignment, traces: Traces) -> Proof | None:
    """The mutations with which the reference gives the student's numbers in every case.

    Cases of other depths, or whose layout does not carry over, are left out; with none left
    nothing is proven. Tried once for each alignment.
    """
    proven = _PROVEN.setdefault(traces, {})
    if id(alignment) not in proven:
        proven[id(alignment)] = _prove(alignment, traces)
    return proven[id(alignment)]


def _prove(alignment: Alignment, traces: Traces) -> Proof | None:
    wired = _wired(alignment)
    fitting = [trace for trace in traces.all() if _is_comparable(trace, alignment)]
    if wired is None or not fitting:
        return None
    fitting.sort(key=lambda trace: trace.sizes.work, reverse=True)  # the largest refutes soonest
    tried = (Proof(alignment, wired, runs) for runs in _runs())
    return next((one for one in tried if all(map(one.agrees, fitting))), None)


def _runs() -> Iterator[tuple[Mutation, ...]]:
    """Combinations of mutations that change different things, fewest first."""
    for count in range(_AT_ONCE + 1):
        for chosen in combinations(_WHOLE_RUN, count):
            changed = [(edit.place, edit.old) for mutation in chosen for edit in mutation.edits]
            if len(set(changed)) == len(changed):
                yield chosen


def _is_comparable(trace: Trace, alignment: Alignment) -> bool:
    return trace.alignment is alignment and alignment.covers(trace.params.shapes, trace.sizes)


def _wired(alignment: Alignment) -> tuple[Mutation, ...] | None:
    """What is mutated in how the layers hang together; None where no mutation stands for it."""
    naming, owned = alignment.naming, alignment.owned
    known = alignment.carried and not naming.left
    whole = naming.output_from is not None and len(naming.layers) >= alignment.depth
    if not (known and whole and all(fault.provable for fault in naming.faults)):
        return None
    if any(not mutation.edits for layer in naming.layers for mutation in layer.found.mutations):
        return None
    found = [fault.mutation for fault in naming.faults if fault.mutation is not None]
    for number, layer in enumerate(naming.layers, start=1):
        reads, takes = _reads(number, layer), _takes(number, layer, owned)
        if reads is None or takes is None:
            return None
        found += [*reads, *takes]
    top = naming.output_from
    if top is not None and top < len(naming.layers):
        found.append(wiring_mutations.output_reads(top))
    return tuple(found)


def _reads(number: int, layer: LayerFound) -> list[Mutation] | None:
    """What a layer reads where it should read the layer below; None where no mutation says it."""
    if number == 1:
        return []
    match layer.reads:
        case "below" | "nothing":  # weights that are not there are zeros
            return []
        case "inputs":
            return [wiring_mutations.reads_inputs(number)]
        case "lower":
            return [wiring_mutations.reads_lower(number, layer.reads_layer)]
        case "memory":
            return [wiring_mutations.reads_memory(number)]
        case "stale":
            return [wiring_mutations.reads_old(number)]
        case "sum" if layer.reads_layer < number - 1:
            return [wiring_mutations.reads_sum(number, layer.reads_layer)]
        case _:
            return None


def _takes(number: int, layer: LayerFound, owned: tuple[Own, ...]) -> list[Mutation] | None:
    """Whose old state a layer takes where it should take its own."""
    hidden = layer.recurrent or layer.found.old_hidden
    memory = layer.found.old_memory
    hidden_of = _owner([own.hidden for own in owned], hidden, number)
    memory_of = _owner([own.memory for own in owned], memory, number)
    if hidden_of is None or memory_of is None:
        return None
    found = []
    if memory and hidden_of == memory_of != number:
        return [wiring_mutations.takes_state_of(number, hidden_of)]
    if hidden_of != number:
        found.append(wiring_mutations.takes_hidden_of(number, hidden_of))
    if memory_of != number:
        found.append(wiring_mutations.takes_memory_of(number, memory_of))
    return found


def _owner(owned: list[tuple[int, ...]], read: tuple[int, ...], number: int) -> int | None:
    """The layer whose units these are; the layer itself where it reads none."""
    if not read or owned[number - 1] == read:
        return number
    return next((other for other, own in enumerate(owned, start=1) if own == read), None)
