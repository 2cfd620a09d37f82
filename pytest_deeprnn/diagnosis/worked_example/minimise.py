"""The smallest situation, with small round numbers, in which a submission's numbers differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import product

from torch import Tensor

from pytest_deeprnn.checks.evidence.proof import Proof, prove
from pytest_deeprnn.checks.evidence.wiring import moved, wrong_cells
from pytest_deeprnn.core.sizes import Sizes
from pytest_deeprnn.diagnosis.worked_example.small_cases import cut, drawn, made
from pytest_deeprnn.measurement.alignment.align import Alignment
from pytest_deeprnn.measurement.alignment.errors import NotMeasurable
from pytest_deeprnn.measurement.calls.runner import StudentRaised
from pytest_deeprnn.measurement.trace import Trace
from pytest_deeprnn.measurement.traces import FIXED, Traces
from pytest_deeprnn.reference import stack

VISIBLE = 1e-3  # a difference that shows in a few digits
_MOST_TRIES = 48
_DRAWS = 2  # of the numbers at each size: one draw may hide a fault
#: V, and the H of odd and of even layers, which differ only where each layer has its own.
_EQUAL = ((2, (1, 1)), (2, (2, 2)), (3, (2, 2)))
_UNEQUAL = ((2, (1, 2)), (2, (2, 1)))
_STEPS = (1, 2, 3)
_BATCHES = (1, 2)

States = tuple[stack.State, ...]


@dataclass(frozen=True)
class Situation:
    """The roles at one depth, and sizes."""

    alignment: Alignment
    sizes: Sizes


@dataclass(frozen=True)
class Smallest:
    """A situation in which numbers differ, with the student's calls after 1 to T steps.

    `expected` is what the reference gives after all steps; `proof` is None where the mutated
    network does not give the student's numbers here.
    """

    alignment: Alignment
    proof: Proof | None
    traces: tuple[Trace, ...]
    expected: tuple[Tensor, States]

    @property
    def whole(self) -> Trace:
        """The call with all steps."""
        return self.traces[-1]


def smallest(traces: Traces) -> Smallest | None:
    """Try small sizes, smallest first; None where nothing shows or the roles are not known.

    Raises StudentLost.
    """
    if traces.unrepeatable is not None:
        return None
    tried = 0
    for situation in _situations(traces):
        for seed in range(_DRAWS):
            found = _tried(traces, situation, seed)
            tried += 1
            if found is not None:
                return found
            if tried == _MOST_TRIES:
                return None
    return None


def _situations(traces: Traces) -> Iterator[Situation]:
    """What is tried, smallest first, and one sequence before several of the same size."""
    known = [found for depth in traces.depths if (found := _known(traces, depth)) is not None]
    lengths = (*_EQUAL, *_UNEQUAL) if traces.own_widths else _EQUAL
    sized = [
        Situation(alignment, _sizes(traces, alignment, *chosen))
        for alignment in known
        for chosen in product(lengths, _STEPS, _BATCHES)
    ]
    yield from sorted(sized, key=lambda one: (one.sizes.work, one.sizes.batch, one.sizes.steps))


def _known(traces: Traces, depth: int) -> Alignment | None:
    """The roles at a depth in which numbers differ, where the network asked for is known."""
    try:
        alignment = traces.alignment(depth)
        cases = [case for case in traces.cases if traces.depth_of(case) == depth]
        if not moved(alignment) and all(_is_right(traces.trace(case)) for case in cases):
            return None
    except (StudentRaised, NotMeasurable):
        return None
    asked = traces.exercise.cells(traces.depth_range.low if depth == FIXED else depth)
    if wrong_cells(alignment, asked) or not _has_old_state(alignment):
        return None
    return alignment if alignment.readable or _is_explained(alignment, traces) else None


def _is_right(trace: Trace) -> bool:
    """Whether a case that was run has the reference's numbers; not where these are not known."""
    if trace.alignment is None or trace.expected is None:
        return trace.out_of_reach
    try:
        return not _differs(trace.alignment, trace, trace.expected, trace.tolerance)
    except (IndexError, RuntimeError):
        return False


def _is_explained(alignment: Alignment, traces: Traces) -> bool:
    """Whether all that is odd is proven, and no weight is taken for one that it is not."""
    return not alignment.naming.doubled and prove(alignment, traces) is not None


def _has_old_state(alignment: Alignment) -> bool:
    """Whether each layer's part of the old state is known, so that the equations can start."""
    places = {(place.layer, place.part) for place in alignment.old}
    parts = {"rnn": 1, "gru": 1, "lstm": 2}
    cells = enumerate(alignment.cells, start=1)
    return places == {(number, part) for number, cell in cells for part in range(parts[cell])}


def _sizes(
    traces: Traces,
    alignment: Alignment,
    lengths: tuple[int, tuple[int, int]],
    steps: int,
    batch: int,
) -> Sizes:
    vocab, pair = lengths
    widths = tuple(pair[layer % 2] for layer in range(alignment.depth))
    return Sizes(
        vocab=vocab,
        hiddens=max(pair),
        layers=alignment.depth,
        batch=batch,
        steps=steps,
        widths=widths if traces.own_widths else (),
    )


def _tried(traces: Traces, situation: Situation, seed: int) -> Smallest | None:
    """The situation with numbers in it, where the student's code runs and its numbers differ."""
    try:
        return _compared(traces, situation, seed)
    except (StudentRaised, IndexError, ValueError, RuntimeError):
        return None  # these sizes do not fit: others follow


def _compared(traces: Traces, situation: Situation, seed: int) -> Smallest | None:
    alignment, sizes = situation.alignment, situation.sizes
    params, state = traces.student.params(sizes), traces.student.state(sizes)
    if not alignment.covers(params.shapes, sizes):
        return None
    call = drawn(alignment, sizes, params, state, seed)
    call_with = partial(made, traces, alignment, params, state, seed)
    whole = call_with(call)
    expected = expect(alignment, whole)
    if not _differs(alignment, whole, expected):
        return None
    calls = (*(call_with(cut(call, steps)) for steps in range(1, sizes.steps)), whole)
    proof = prove(alignment, traces)
    proven = proof is not None and all(map(proof.agrees, calls))
    return Smallest(alignment, proof if proven else None, calls, expected)


def expect(alignment: Alignment, trace: Trace) -> tuple[Tensor, States]:
    """What the reference gives for a call; raises RuntimeError or ValueError where none fits."""
    network = alignment.network(trace.theta, trace.sizes)
    state = alignment.state_of(trace.old, alignment.old, trace.sizes)
    return stack.forward(trace.inputs, state, network)


def returned(alignment: Alignment, trace: Trace) -> States:
    """The new state as forward gives it back, each part in the place where it was given."""
    places = alignment.old if moved(alignment) else alignment.new
    return alignment.state_of(trace.answer.state, places, trace.sizes)


def _differs(
    alignment: Alignment, trace: Trace, expected: tuple[Tensor, States], least: float = VISIBLE
) -> bool:
    """Whether outputs, or what comes back of the new state, are others by at least so much."""
    outputs, new = expected
    pairs = [(trace.rows(), outputs)]
    for mine, right in zip(returned(alignment, trace), new, strict=True):
        pairs += zip(mine, right, strict=False)
    return any(
        mine.shape == right.shape and not bool(((mine - right).abs() < least).all())
        for mine, right in pairs
    )
