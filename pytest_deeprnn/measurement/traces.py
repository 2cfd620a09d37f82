"""What is measured of a submission, each thing once: alignments, and a trace for every case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property

import torch

from pytest_deeprnn.core.exercise import Exercise
from pytest_deeprnn.core.sizes import Sizes
from pytest_deeprnn.measurement.alignment.align import Alignment, align, align_at, generic_sizes
from pytest_deeprnn.measurement.alignment.errors import NotMeasurable
from pytest_deeprnn.measurement.alignment.sensitivities import FirstCall, draw_values, one_hot
from pytest_deeprnn.measurement.calls import depths
from pytest_deeprnn.measurement.calls.depths import DepthRange
from pytest_deeprnn.measurement.calls.runner import StudentLost, StudentRaised, SubmissionRunner
from pytest_deeprnn.measurement.cases.drawn import Case
from pytest_deeprnn.measurement.cases.training import further
from pytest_deeprnn.measurement.trace import (
    Trace,
    expect,
    is_tiny,
    not_chaotic,
    rounded,
    same_numbers,
)
from pytest_deeprnn.mutations.extra import Added
from pytest_deeprnn.sandbox.protocol.messages import Loaded, Recorded
from pytest_deeprnn.submission.prepare import Prepared

PROBE_BATCH = 2  # differs from V and from H
_AGAIN = 4  # cases that are run again
FIXED = 0  # stands for the depth where a submission takes no number of layers


class Traces:
    """Measures a submission lazily, so that a check that is left out costs nothing."""

    def __init__(
        self,
        prepared: Prepared,
        student: SubmissionRunner,
        exercise: Exercise,
        cases: list[Case],
        as_meant: Callable[[Traces, int], Alignment] | None = None,
        added: Added = (),
    ) -> None:
        """`as_meant` looks once at each alignment, and may give roles other names.

        `added` are mutations to be looked for beside the packaged ones.
        """
        self.prepared = prepared
        self.student = student
        self.exercise = exercise
        self.cases = cases
        self._as_meant = as_meant
        self._added = added
        self._alignments: dict[int, Alignment] = {}
        self._own_alignments: dict[Sizes, Alignment | None] = {}
        self._unmeasurable: dict[
            int | Sizes, NotMeasurable | StudentRaised
        ] = {}  # it takes long to find out
        self._traces: dict[Case, Trace] = {}
        self._recorded: dict[int, Recorded | None] = {}
        self._answered: set[Case] = set()

    @cached_property
    def further(self) -> list[Case]:
        """Cases as they occur in training, graded beside the drawn ones."""
        return further(self.exercise, self.cases[0].seed, self.cases[-1].device)

    @cached_property
    def loaded(self) -> Loaded:
        """The submission's module, loaded; raises StudentLost."""
        return self.student.load(generic_sizes(self.exercise.network.min_layers, False))

    @cached_property
    def own_widths(self) -> bool:
        """Whether num_hiddens is given as a list: asked for, or the only form that works."""
        asked = self.exercise.network
        one, several = (generic_sizes(asked.min_layers, listed) for listed in (False, True))
        return asked.own_widths or depths.needs_list(self.student, one, several)

    @cached_property
    def depth_range(self) -> DepthRange:
        """The depths that can be asked for, or the one that the submission has."""
        return depths.find(
            self.student,
            self.exercise,
            self.own_widths,
            lambda layers: generic_sizes(layers, own_widths=True),
        )

    @property
    def depths(self) -> list[int]:
        """The depths that are graded: [0] where the submission's depth is fixed."""
        found = self.depth_range
        return [FIXED] if found.fixed else list(range(found.low, found.high + 1))

    def alignment(self, depth: int) -> Alignment:
        """The roles at one depth, found at generic sizes; raises what align raises."""
        if depth in self._unmeasurable:
            raise self._unmeasurable[depth]
        if depth not in self._alignments:
            asked = depth or self.depth_range.low
            cells = self.exercise.cells(max(asked, self.exercise.network.max_layers))
            try:
                self._alignments[depth] = align(
                    self.student,
                    asked,
                    cells,
                    seed=asked,
                    own_widths=self.own_widths,
                    added=self._added,
                )
            except (NotMeasurable, StudentRaised) as error:
                self._unmeasurable[depth] = error
                raise
            if self._as_meant is not None:
                self._alignments[depth] = self._as_meant(self, depth)
        return self._alignments[depth]

    def alignment_or_none(self, depth: int) -> Alignment | None:
        """The roles at a depth, None where forward does not run: another check tells that."""
        try:
            return self.alignment(depth)
        except (StudentRaised, StudentLost, NotMeasurable):
            return None

    def recorded(self, depth: int) -> Recorded | None:
        """The first call that the roles at a depth were found in, operation by operation.

        Without roles, another such call; None where not even parameters or state are made.
        """
        if depth not in self._recorded:
            try:
                self._recorded[depth] = self.student.record(self.call_at(depth))
            except (StudentRaised, StudentLost):
                self._recorded[depth] = None
        return self._recorded[depth]

    def call_at(self, depth: int) -> FirstCall:
        """The first call that the roles at a depth were found in, or would be."""
        alignment = self.alignment_or_none(depth)
        if alignment is not None:
            return alignment.sensitivities.first_call()
        return self._generic_call(depth)

    def _generic_call(self, depth: int) -> FirstCall:
        sizes = replace(self.probe(depth), batch=1)
        generator = torch.Generator().manual_seed(depth)
        return FirstCall(
            sizes=sizes,
            inputs=one_hot(torch.zeros(1, 1, dtype=torch.int64), sizes.vocab),
            theta=draw_values(self.student.params(sizes).shapes, generator),
            old=draw_values(self.student.state(sizes).shapes, generator),
        )

    def odd_depth(self, layer: int | None) -> int | None:
        """The least depth where the network is not the one asked for, and has this layer."""
        found = {depth: self.alignment_or_none(depth) for depth in self.depths}
        odd = [depth for depth, one in found.items() if one is None or not one.proven]
        fitting = [depth for depth in odd if not layer or depth == FIXED or depth >= layer]
        return next(iter(fitting or odd or reversed(self.depths)), None)

    def probe(self, depth: int) -> Sizes:
        """Sizes, all different, at which what get_params and init_state return is looked at."""
        return replace(
            generic_sizes(depth or self.depth_range.low, self.own_widths), batch=PROBE_BATCH
        )

    def known_alignments(self) -> list[Alignment]:
        """The alignments found so far, by depth."""
        return [self._alignments[depth] for depth in sorted(self._alignments)]

    def depth_of(self, case: Case) -> int:
        """The key of the alignment for a case."""
        return FIXED if self.depth_range.fixed else case.layers

    def sizes(self, case: Case) -> Sizes:
        """A case's sizes; with a fixed depth the case's own number of layers has no meaning."""
        found = self.depth_range
        layers = found.low if found.fixed else case.layers
        widths = (case.widths or (case.hiddens,)) if self.own_widths else ()
        return Sizes(
            vocab=case.vocab,
            hiddens=case.hiddens,
            widths=tuple(widths[layer % len(widths)] for layer in range(layers)) if widths else (),
            layers=layers,
            batch=case.batch,
            steps=case.steps,
            device=case.device,
            dtype=case.dtype,
        )

    def trace(self, case: Case) -> Trace:
        """Run a case with random parameters and state; raises StudentRaised or StudentLost."""
        if case not in self._traces:
            self._traces[case] = self._run(case)
        return self._traces[case]

    def all(self) -> list[Trace]:
        """The drawn cases' traces."""
        return [self.trace(case) for case in self.cases]

    def every(self) -> list[Trace]:
        """The traces of the drawn cases and of the further ones."""
        return [self.trace(case) for case in (*self.cases, *self.further)]

    @cached_property
    def unrepeatable(self) -> Trace | None:
        """A trace whose call, made again among others, gives other numbers, if there is one."""
        chosen = self.cases[:: max(1, len(self.cases) // _AGAIN)][:_AGAIN]
        first = self._that_run(chosen)
        for trace in (*first, *first):  # each lies between others
            try:
                again = self.student.forward(trace.sizes, trace.inputs, trace.theta, trace.old)
            except StudentRaised:
                return trace
            if not same_numbers(again, trace.answer):
                return trace
        return None

    def _that_run(self, chosen: list[Case]) -> list[Trace]:
        """The traces of those cases that do not raise; the exception where all do."""
        found, raised = [], None
        for case in chosen:
            try:
                found.append(self.trace(case))
            except StudentRaised as error:
                raised = error
        if raised is not None and not found:
            raise raised
        return found

    def runs_afresh(self, case: Case) -> bool:
        """Whether a case that raised runs where no other call came before it.

        Where the case itself had run, the calls that find the roles have raised: then one of these.
        """
        had_run = case in self._answered
        self.student.load(self.sizes(case))
        try:
            self._called(case)
            if had_run:
                self.student.load(self.sizes(case))
                call = self._generic_call(self.depth_of(case))
                self.student.forward(call.sizes, call.inputs, call.theta, call.old)
        except StudentRaised:
            return False
        return True

    @property
    def has_run(self) -> bool:
        """Whether any case was run to its end."""
        return bool(self._traces)

    def telling(self) -> list[Trace]:
        """The largest case of each depth, after the very first: what a call does, these show."""
        largest: dict[int, Trace] = {}
        for trace in sorted(self.all(), key=lambda trace: trace.sizes.work):
            largest[trace.sizes.layers] = trace
        return [self.trace(self.cases[0]), *(largest[depth] for depth in sorted(largest))]

    def varied(self) -> list[Trace]:
        """The telling and further ones, and one for each depth, batch and number of steps."""
        found: dict[tuple[str, int], Trace] = {}
        for trace in self.all():
            sizes = trace.sizes
            for key in (("L", sizes.layers), ("B", sizes.batch), ("T", sizes.steps)):
                found.setdefault(key, trace)
        beyond = [self.trace(case) for case in self.further]
        chosen = {trace.case: trace for trace in (*self.telling(), *found.values(), *beyond)}
        return list(chosen.values())

    def _run(self, case: Case) -> Trace:
        return self._with_expected(self._called(case))

    def _called(self, case: Case) -> Trace:
        """What the student's functions give, before it is held against anything."""
        sizes = self.sizes(case)
        generator = torch.Generator().manual_seed(case.seed)
        params, state = self.student.params(sizes), self.student.state(sizes)
        theta = rounded(not_chaotic(draw_values(params.shapes, generator), sizes), case)
        drawn = draw_values(state.shapes, generator)
        old = rounded(state.values if case.state == "made" else drawn, case)
        tokens = torch.randint(0, sizes.vocab, (sizes.steps, sizes.batch), generator=generator)
        inputs = one_hot(tokens, sizes.vocab)
        answer = self.student.forward(sizes, inputs, theta, old, tracked=case.tracked)
        self._answered.add(case)
        return Trace(
            case=case,
            sizes=sizes,
            params=params,
            state=state,
            inputs=inputs,
            theta=theta,
            old=old,
            answer=answer,
            alignment=None,
            expected=None,
        )

    def _with_expected(self, trace: Trace) -> Trace:
        try:
            alignment = self.alignment(self.depth_of(trace.case))
        except NotMeasurable:
            return trace
        if alignment.proven and not alignment.covers(trace.params.shapes, trace.sizes):
            here = None if trace.case in self.further else self._aligned_here(trace, alignment)
            if here is None:
                # at larger sizes roles can be told: where they are not, the network is another
                beyond = trace.case in self.further or is_tiny(trace.sizes)
                alike = alignment.has_form(trace.params.shapes)
                return replace(trace, alignment=alignment, out_of_reach=beyond and alike)
            alignment = here
        return replace(trace, alignment=alignment, expected=expect(alignment, trace))

    def _aligned_here(self, trace: Trace, generic: Alignment) -> Alignment | None:
        """Where a layout's places do not carry over, find the roles at the case's own sizes.

        None where these are too small to tell the roles apart.
        """
        sizes = replace(trace.sizes, batch=1, steps=1, dtype="float64")
        if sizes in self._unmeasurable:
            raise self._unmeasurable[sizes]
        if sizes not in self._own_alignments:
            try:
                found = align_at(self.student, sizes, list(generic.cells), 1, self._added)
            except NotMeasurable as error:
                self._unmeasurable[sizes] = error
                raise
            self._own_alignments[sizes] = found if found.proven else None
        return self._own_alignments[sizes]
