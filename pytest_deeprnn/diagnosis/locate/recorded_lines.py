"""The student's line that a root cause lies in, found in a recorded call."""

from __future__ import annotations

import ast
from collections.abc import Callable

from pytest_deeprnn.core.finding import Finding
from pytest_deeprnn.diagnosis.locate import wiring_lines
from pytest_deeprnn.diagnosis.locate.first_deviation import departing
from pytest_deeprnn.diagnosis.locate.operands import multiplies
from pytest_deeprnn.diagnosis.locate.unsaved_state import not_kept
from pytest_deeprnn.measurement.recording.recording import Recording
from pytest_deeprnn.mutations.wiring_mutations import STARTS_AGAIN
from pytest_deeprnn.sandbox.protocol.messages import Frame, Step
from pytest_deeprnn.submission.prepare import Prepared

_SUBSCRIPTS = {
    "reset": "r",
    "update": "z",
    "candidate": "h",
    "input": "i",
    "forget": "f",
    "output": "o",
    "cell": "c",
}
_ACTIVATIONS = ("tanh", "sigmoid", "relu", "softmax", "elu", "gelu", "silu", "softplus")
_OVER_BATCH = (
    *("mean", "sum", "softmax", "log_softmax", "max", "min", "var", "std", "norm", "roll"),
    *("cumsum", "sort", "median", "logsumexp", "amax", "amin", "prod", "var_mean", "std_mean"),
)
_CUTS = ("detach", "detach_", "__get__", "tensor", "as_tensor", "tolist", "item", "numpy")
_SHAPING = ("cat", "stack", "concat", "reshape", "view", "flatten", "vstack", "squeeze", "add")
_FRESH = ("zeros_like", "zeros", "new_zeros", "ones_like", "ones", "randn_like", "randn")
_EARLY = ("stale-layer-input",)
_RENAMED = ("gate-missing", "wrong-activation", "no-recurrence")
_RANDOM = (
    *("dropout", "randn_like", "rand_like", "randn", "rand", "bernoulli", "normal", "normal_"),
    *("uniform_", "alpha_dropout", "feature_dropout", "dropout_", "randint", "multinomial"),
)
_COMBINED = ("H_t", "C_t")
_TURNING = ("flip", "transpose", "permute", "swapaxes", "movedim", "roll", "stack")
Rule = Callable[["LineFinder"], Frame | None]


class LineFinder:
    """Looks for one finding's line; each rule is a sentence about the recorded operations."""

    def __init__(self, finding: Finding, recording: Recording, prepared: Prepared) -> None:
        self._recording = recording
        self._prepared = prepared
        self._layer = finding.layer or 0
        self._gate = finding.gate
        self._code = finding.code
        self._mutation = finding.mutation
        self._equation = finding.equation

    def find(self) -> Frame | None:
        """The line, None where no rule says one."""
        rule = _RULES.get(self._code)
        return None if rule is None else rule(self)

    def output(self) -> Frame | None:
        """Where the output weights are multiplied."""
        steps = self._recording.using(0, lambda name: name == "W_hq")
        step = steps[0] if steps else self._last_output()
        if step is None:
            return None
        if self._code == "output-before-update":
            rows = wiring_lines.collected(self._prepared, self._recording, step)
            return rows or wiring_lines.paired(self._prepared, step) or self._recording.line(step)
        return self._wired(step, 0)

    def _last_output(self) -> Step | None:
        """What computed the logits, behind all joining and turning."""
        made = self._recording.made("outputs")
        return self._behind_shaping(made[0]) if made else None

    def _behind_shaping(self, step: Step) -> Step:
        while step.operation in _SHAPING and step.operation != "add":
            before = [read.step for read in step.reads if read.step >= 0]
            if not before:
                return step
            step = self._recording.steps[before[0]]
        return step

    def activated_output(self) -> Frame | None:
        """What is done to the logits before they are returned."""
        waiting = self._recording.using(0, lambda name: True)[-1:]
        computed = waiting[0] if waiting else None
        if not waiting:
            last = self._last_output()
            return None if last is None else self._recording.line(last)
        seen: set[int] = set()  # many ways may lead to one operation
        while waiting:
            step = waiting.pop(0)
            for later in self._recording.after(step):
                if later.operation not in _SHAPING:
                    return self._recording.line(later)
                if id(later) not in seen:
                    seen.add(id(later))
                    waiting.append(later)
        return None if computed is None else self._recording.line(computed)

    def layer_input(self) -> Frame | None:
        """Where a layer, or one gate of it, reads its input."""
        if self._gate != "none":
            return self.gate()
        steps = self._recording.using(self._layer, lambda name: name.startswith("W_x"))
        return self._wired(steps[0], self._layer) if steps else self.hidden()

    def recurrence(self) -> Frame | None:
        """Where a layer reads its old state, or makes a fresh one instead."""
        if self._mutation == STARTS_AGAIN.id:
            steps = self._recording.using(1, _is_recurrent)
            return steps[0].frames[0] if steps else None
        if self._gate != "none":
            return self.gate()
        fresh = self._fresh() if self._code == "no-recurrence" else None
        if fresh is not None:
            return fresh
        steps = self._recording.using(self._layer, _is_recurrent) or self._second_product()
        if not steps:
            return self._unrecognised()
        return self._wired(steps[0], self._layer, "state")

    def _second_product(self) -> list[Step]:
        """What multiplies a layer's input; the last is the recurrent term where it has two."""
        steps = self._recording.using(self._layer, lambda name: name.startswith("W_x"))
        products = [step for step in steps if multiplies(step) and step.frames == steps[0].frames]
        return products[1:2] or steps

    def _fresh(self) -> Frame | None:
        """Where a state is made anew that weights then multiply."""
        for step in self._recording.steps:
            made = [self._recording.steps[read.step] for read in step.reads if read.step >= 0]
            if any(self._recording.is_weight(read) for read in step.reads):
                for one in made:
                    if one.operation in _FRESH:
                        return one.frames[0]
        return None

    def extra(self) -> Frame | None:
        """Where another path joins in: before a layer, or before the output."""
        if self._gate != "none":
            return self.gate()
        if self._layer == 0:
            layer, fits = 0, lambda name: name == "W_hq"
        else:
            layer, fits = self._layer, lambda name: name.startswith("W_x")
        steps = self._recording.using(layer, fits)
        if not steps:
            return self.output() if layer == 0 else None
        for read in steps[0].reads:
            joined = self._recording.steps[read.step] if read.step >= 0 else None
            if joined is not None and len(joined.reads) > 1 and not self._computes(joined):
                return self._recording.line(joined)
        return self._wired(steps[0], layer)

    def hidden(self) -> Frame | None:
        """Where a layer's H is computed, or its C where the memory is concerned."""
        if self._code == "cell-update" and self._gate == "reset":
            return self.missing_gate()
        of_memory = self._gate in ("input", "forget", "cell")
        values = self._recording.memory(self._layer) if of_memory else []
        values = values or self._recording.hidden(self._layer)
        return self._gives(values) if values else self._unrecognised()

    def _unrecognised(self) -> Frame | None:
        """Where the first layer that is no known cell parts from its equations.

        A state that stands for another was given to the function that computes the layer.
        """
        step = departing(self._recording)
        if step is None:
            return None
        given = self._code in ("shared-state", "wrong-recurrence") and len(step.frames) > 1
        return step.frames[-2] if given else self._recording.line(step)

    def mixed_up(self) -> Frame | None:
        """Where gates are taken apart in another order, or used in each other's place."""
        if self._gate == "reset":
            return self.missing_gate()
        if self._equation in _COMBINED:
            return self.hidden()
        for step in self._recording.steps:
            if step.operation in ("chunk", "split", "unbind", "tensor_split") and not (
                self._recording.is_view(step) or any(read.inputs for read in step.reads)
            ):
                return self._recording.line(step)
        return self.hidden()

    def gate(self) -> Frame | None:
        """Where a gate's sum is computed."""
        steps = self._gate_steps()
        return self._recording.line(steps[-1]) if steps else self.hidden()

    def activation(self) -> Frame | None:
        """Where a gate's or a layer's activation is applied, or should be."""
        if self._equation == "H_t":
            return self.hidden()
        found = self._gives(self._recording.sums(self._layer, self._subscript))
        for step in self._recording.giving(self._recording.sums(self._layer, self._subscript)):
            for later in self._recording.after(step):
                if later.operation in _ACTIVATIONS:
                    return self._recording.line(later)
        return found if self._gate != "none" else self.hidden()

    def missing_gate(self) -> Frame | None:
        """Where a gate should have been applied."""
        if self._gate != "reset":
            return self.hidden()
        steps = self._recording.using(self._layer, lambda name: name in ("W_hh", "b_h"))
        return self._recording.line(steps[-1]) if steps else self.hidden()

    def missing_term(self) -> Frame | None:
        """Where a sum lacks a term."""
        return self.gate() if self._layer else self.output()

    def whole_layer(self) -> Frame | None:
        """Where a layer of another kind is computed."""
        steps = self._recording.giving(self._recording.hidden(self._layer))
        return self._recording.call_site(steps[0], self._layer) if steps else None

    def cut(self) -> Frame | None:
        """Where a tensor is taken out of the graph."""
        for step in self._recording.steps:
            inside = any(read.step >= 0 or read.elements for read in step.reads)
            if step.operation in _CUTS and (inside or step.operation in ("tensor", "as_tensor")):
                return self._recording.line(step)
        return None

    def over_batch(self) -> Frame | None:
        """Where an operation goes over the axis of the batch."""
        for step in self._recording.steps:
            over = step.operation in _OVER_BATCH and step.axis in (0, -2)
            if over or step.operation in ("batch_norm", "instance_norm"):
                return step.frames[-1]
        return None

    def turned(self) -> Frame | None:
        """Where time is turned round."""
        for step in self._recording.steps:
            if step.operation in ("flip", "roll"):
                return self._recording.line(step)
        return None

    def turned_output(self) -> Frame | None:
        """Where the rows of the outputs change places."""
        for step in self._recording.steps:
            if step.operation in _TURNING and not self._recording.is_view(step):
                along = step.operation == "stack" and step.axis in (None, 0)
                if not along and not any(read.inputs for read in step.reads):
                    return self._recording.line(step)
        return None

    def lost(self) -> Frame | None:
        """Where a new state is not kept, if none of them is."""
        return None if self._layer else not_kept(self._prepared, self._recording)

    def random(self) -> Frame | None:
        """Where random numbers are drawn."""
        drawn = [step for step in self._recording.steps if step.operation in _RANDOM]
        return self._recording.line(drawn[0]) if drawn else None

    @property
    def _subscript(self) -> str:
        return _SUBSCRIPTS.get(self._gate, "h")

    def _gate_steps(self) -> list[Step]:
        subscript = self._subscript
        steps = self._recording.using(
            self._layer,
            lambda name: name.startswith(("W_x", "W_h", "b_")) and name[-1] == subscript,
        )
        alone = [
            step
            for step in steps
            if all(name[-1] == subscript for _, name in self._recording.weights_of(step))
        ]
        return alone or steps

    def _computes(self, step: Step) -> bool:
        """Whether an operation is a part of a layer's own equations."""
        return bool(self._recording.weights_of(step)) or step.operation in _ACTIVATIONS

    def _gives(self, values: list[float]) -> Frame | None:
        """Where these numbers were computed, or given the name they are used by."""
        steps = self._recording.giving(values)
        if not steps:
            return None
        number = self._recording.steps.index(steps[0])
        for step in self._recording.steps[number + 1 :]:
            for read in step.reads:
                for bound in read.bound if read.step == number else ():
                    named = wiring_lines.renames(self._prepared, bound, (ast.Name,))
                    here = bound.frame.function == steps[0].frames[-1].function
                    if self._code in _RENAMED and named and here:
                        return bound.frame
        return self._recording.line(steps[0])

    def _wired(self, step: Step, layer: int, part: wiring_lines.Part = "input") -> Frame:
        """Where a value was chosen that an operation reads."""
        if self._code in _EARLY:
            rows = wiring_lines.collected(self._prepared, self._recording, step)
            if rows is not None:
                return rows
        found = wiring_lines.wired(self._prepared, self._recording, step, layer, part)
        return self._recording.call_site(step, layer) if found is None else found


def _is_recurrent(name: str) -> bool:
    return name.startswith("W_h") and name != "W_hq"


_RULES: dict[str, Rule] = {
    "output-wrong-layer": LineFinder.output,
    "output-before-update": LineFinder.output,
    "output-activation": LineFinder.activated_output,
    "wrong-layer-input": LineFinder.layer_input,
    "stale-layer-input": LineFinder.layer_input,
    "wrong-recurrence": LineFinder.recurrence,
    "shared-state": LineFinder.recurrence,
    "no-recurrence": LineFinder.recurrence,
    "extra-connection": LineFinder.extra,
    "wrong-cell": LineFinder.whole_layer,
    "wrong-activation": LineFinder.activation,
    "gate-missing": LineFinder.missing_gate,
    "gate-swapped": LineFinder.mixed_up,
    "cell-update": LineFinder.hidden,
    "wrong-weight": LineFinder.gate,
    "missing-term": LineFinder.missing_term,
    "params-missing": LineFinder.missing_term,
    "state-not-returned": LineFinder.lost,
    "state-global": LineFinder.random,
    "state-detached": LineFinder.cut,
    "batch-mixing": LineFinder.over_batch,
    "not-causal": LineFinder.turned,
    "output-order": LineFinder.turned_output,
}
