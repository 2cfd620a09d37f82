"""Weights that are computed with twice while others of their kind are never read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from pytest_deeprnn.checks.evidence.operation_layer import layer_of
from pytest_deeprnn.checks.evidence.parameter_uses import Piece, Uses
from pytest_deeprnn.checks.evidence.reused_weight_line import ReusedLine
from pytest_deeprnn.core.facts import parameters as facts
from pytest_deeprnn.core.facts.fact import Fact, TensorPath
from pytest_deeprnn.core.finding import Finding, Place
from pytest_deeprnn.core.report import Gate
from pytest_deeprnn.measurement.recording.recording import Recording, recording_of
from pytest_deeprnn.measurement.recording.student_names import OwnNames, alike, own_names
from pytest_deeprnn.measurement.traces import Traces

_LEAST_OF_LAYER = 3  # weights: those of a plain layer
_TWICE = 2


@dataclass(frozen=True)
class _Loan:
    """A piece that nothing reads, the one that stands in its place, and the use that takes it."""

    idle: Piece
    lent: Piece
    taker: int
    owner: int


@dataclass(frozen=True)
class _Lending:
    """All that one recorded call shows of weights used in others' places."""

    traces: Traces
    recording: Recording
    uses: Uses
    names: OwnNames
    paths: tuple[str, ...]

    @cached_property
    def loans(self) -> tuple[_Loan, ...]:
        """Each idle piece with the likeliest of those that are used several times."""
        idle = [
            piece for piece in self.uses.pieces if not piece.used and not self._looked_up(piece)
        ]
        lent = [piece for piece in self.uses.pieces if len(piece.used) > 1]
        fitting = [[two for two in lent if self._fits(one, two)] for one in idle]
        apart = self._apart(idle, fitting)
        found = [
            self._loan(one, [two for two in others if apart in (None, one.leaf - two.leaf)])
            for one, others in zip(idle, fitting, strict=True)
        ]
        return tuple(one for one in found if one is not None)

    def _looked_up(self, piece: Piece) -> bool:
        """Whether a piece is rows of a table that one token does not look up."""
        vocab = self.recording.call.sizes.vocab
        table = vocab in self.recording.call.theta[piece.leaf].shape
        return table and not piece.whole and len(piece.elements) % vocab != 0

    def _fits(self, idle: Piece, lent: Piece) -> bool:
        """Whether a piece could stand in another's place; of stacked ones several may be idle."""
        if idle.whole and lent.whole:
            return self._shape(idle) == self._shape(lent)
        return idle.whole == lent.whole and len(idle.elements) % len(lent.elements) == 0

    def _shape(self, piece: Piece) -> tuple[int, ...]:
        return tuple(n for n in self.recording.call.theta[piece.leaf].shape if n > 1)

    def _apart(self, idle: list[Piece], fitting: list[list[Piece]]) -> int | None:
        """How far from each idle tensor the one in its place lies, where that is one distance."""
        if len(idle) < _LEAST_OF_LAYER:
            return None
        each = [
            {one.leaf - two.leaf for two in others}
            for one, others in zip(idle, fitting, strict=True)
        ]
        return min(frozenset.intersection(*map(frozenset, each)), key=abs, default=None)

    def _loan(self, idle: Piece, lent: list[Piece]) -> _Loan | None:
        if not lent:
            return None
        ranked = [
            (self._rank(idle, piece, number), piece, number)
            for piece in lent
            for number in piece.used
        ]
        _, piece, taker = max(ranked, key=lambda one: one[0])
        return _Loan(idle, piece, taker, next(one for one in piece.used if one != taker))

    def _rank(self, idle: Piece, lent: Piece, number: int) -> tuple[int, int, int]:
        """How well an idle piece fits the others of a sum, by name and by place in the order."""
        others = self.uses.companions(number) - {lent.leaf, idle.leaf}
        own = [leaf for leaf in others if self._is_single(leaf)]
        name = self._name(idle)
        like = max((alike(name, self.name_of(leaf)) for leaf in own), default=0)
        near = max((-abs(idle.leaf - leaf) for leaf in own), default=-len(self.paths))
        later = number == lent.used[-1]
        follows = idle.elements[0] > lent.elements[0]
        return like, near, int(later == follows) - abs(idle.leaf - lent.leaf)

    def _is_single(self, leaf: int) -> bool:
        return all(len(piece.used) < 2 for piece in self.uses.pieces if piece.leaf == leaf)

    def _name(self, piece: Piece) -> str:
        return self.name_of(piece.leaf)

    def name_of(self, leaf: int) -> str:
        """What the learner calls a parameter, with its path where names come from a loop."""
        return f"{self.names.tensors.get(self.paths[leaf], '')}{self.paths[leaf]}"

    def findings(self) -> tuple[Finding, ...]:
        """One finding for each line that borrows, the whole layers before single weights."""
        by_line: dict[Place, list[_Loan]] = defaultdict(list)
        for loan in self.loans:
            by_line[self._line(loan)].append(loan)
        return tuple(self._finding(place, loans) for place, loans in by_line.items())

    def _line(self, loan: _Loan) -> Place:
        finder = ReusedLine(self.traces.prepared, self.uses)
        frame = finder.find(loan.taker, loan.owner, loan.lent)
        return Place(frame.filename, frame.line)

    def _finding(self, place: Place, loans: list[_Loan]) -> Finding:
        layers = {self._layer(loan.taker) for loan in loans}
        layer = min((one for one in layers if one is not None), default=None)
        owners = {self._layer(loan.owner) for loan in loans} - {layer}
        lender = next(iter(owners)) if len(owners) == 1 else None
        gate: Gate = "none"
        if layer and lender and self._is_layer(loans):
            times = max(len(loan.lent.used) for loan in loans)
            fact: Fact = facts.LayerLendsOften(layer, lender, times)
            if times == _TWICE:
                fact = facts.LayerLends(layer, lender)
        else:
            same = [loan for loan in loans if loan.lent == loans[0].lent]
            idle = tuple(self._tensor(loan.idle) for loan in same)
            lent = self._tensor(loans[0].lent)
            fact = facts.WeightLends(lent, len(loans[0].lent.used), idle)
        return Finding("wrong-weight", fact, layer, gate, place=place)

    def _layer(self, number: int) -> int | None:
        return layer_of(self.uses, number, self.traces.exercise)

    def _is_layer(self, loans: list[_Loan]) -> bool:
        """Whether a sum uses nothing but what another uses as well."""
        borrowed = {loan.lent.leaf for loan in loans}
        alone = any(self._is_single(leaf) for leaf in self.uses.companions(loans[0].taker))
        return len(borrowed) >= _LEAST_OF_LAYER and not alone

    def _tensor(self, piece: Piece) -> Fact:
        """A tensor, with the rows of its first axis where a part of it is meant."""
        value = self.recording.call.theta[piece.leaf]
        path = TensorPath(self.paths[piece.leaf])
        if piece.whole:
            return facts.Tensor(path)
        start = sum(one.numel() for one in self.recording.call.theta[: piece.leaf])
        each = value[0].numel()
        rows = sorted({(element - start) // each for element in piece.elements})
        if len(piece.elements) != each * len(rows) or value.dim() < 2:
            return facts.PartOf(path)
        last = rows[-1] + 1
        one = len(rows) == 1
        return facts.Rows(path, f"[{rows[0]}]" if one else f"[{rows[0]}:{last}]")


def reused_weights(traces: Traces) -> tuple[Finding, ...]:
    """Weights in the place of others, as the recorded call shows them, lowest layer first."""
    recording = recording_of(traces, None)
    if recording is None:
        return ()
    floats = traces.student.params(recording.call.sizes).floats
    lending = _Lending(
        traces=traces,
        recording=recording,
        uses=Uses(recording),
        names=own_names(recording, traces.prepared),
        paths=tuple(f"params{leaf.path}" for leaf in floats),
    )
    return _lowest_first(lending.findings())


def _lowest_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda one: one.layer or 0))
