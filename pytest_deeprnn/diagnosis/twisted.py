"""The network as it is really wired, run on whole cases: a diagnosis that fits all is a proof.

The alignment saw single steps at one pair of sizes. Here the reference is changed in what was
found there (another input, another state, another output layer, another equation) and must
give the student's numbers in every case, with all steps, sequences and sizes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from pytest_deeprnn.alignment.align import Alignment, Weights
from pytest_deeprnn.alignment.cells import ACTIVATIONS, RARE_ACTIVATIONS, Twist
from pytest_deeprnn.alignment.drafts import same
from pytest_deeprnn.alignment.formulas import GRU, HIDDEN, MEMORY, Formula, Values
from pytest_deeprnn.alignment.naming import LayerFound
from pytest_deeprnn.traces import Trace, Traces

_AGREE = 1e-6
_READABLE = ("below", "inputs", "stale", "memory", "lower")


@dataclass(frozen=True)
class _Units:
    """What a layer holds between two steps: H, and C of an LSTM."""

    hidden: Tensor
    memory: Tensor | None = None


def reproduces(alignment: Alignment, traces: Traces) -> bool:
    """Whether the wiring that was found gives the student's numbers in every case.

    Cases of other depths, in float32, or whose layout does not carry over are left out; with
    none left nothing is proven.
    """
    network = _Twisted.of(alignment)
    if network is None:
        return False
    fitting = [trace for trace in traces.all() if _is_comparable(trace, alignment)]
    return bool(fitting) and all(network.agrees(trace) for trace in fitting)


def _is_comparable(trace: Trace, alignment: Alignment) -> bool:
    return (
        trace.alignment is alignment
        and trace.case.dtype == "float64"
        and alignment.covers(trace.params.shapes, trace.sizes)
    )


@dataclass(frozen=True)
class _Twisted:
    """The reference stack with what an alignment found in it."""

    alignment: Alignment
    states: tuple[int, ...]  # the layer whose state each layer takes as its own

    @classmethod
    def of(cls, alignment: Alignment) -> _Twisted | None:
        """None where something was found that no stack of layers does."""
        naming = alignment.naming
        states = tuple(_state_of(alignment, layer) for layer in naming.layers)
        plain = alignment.carried and not (naming.left or naming.doubled or naming.faults)
        whole = naming.output_from is not None and len(naming.layers) >= alignment.depth
        known = all(layer.reads in _READABLE for layer in naming.layers) and 0 not in states
        return cls(alignment, states) if plain and whole and known else None

    def agrees(self, trace: Trace) -> bool:
        """Whether outputs and new state of a case are these."""
        try:
            outputs, new = self._run(trace)
            given = trace.new_state()
        except (IndexError, KeyError, RuntimeError):
            return False
        rows = trace.rows()
        if rows.shape != outputs.shape or not same(rows, outputs, _AGREE):
            return False
        return all(
            same(mine, right, _AGREE)
            for parts, units in zip(given, new, strict=True)
            for mine, right in zip(parts, _parts(units), strict=False)
        )

    def _run(self, trace: Trace) -> tuple[Tensor, list[_Units]]:
        alignment, sizes = self.alignment, trace.sizes
        weights, output = alignment.weights(trace.theta, sizes)
        old = [_units(parts) for parts in alignment.state_of(trace.old, alignment.old, sizes)]
        units = [old[owner - 1] for owner in self.states]
        rows = []
        for X in trace.inputs:
            before = units
            now: list[_Units] = []
            for number, layer in enumerate(alignment.naming.layers, start=1):
                read = self._input(layer, number, X, now, before)
                now.append(_step(layer, weights[number], read, before[number - 1]))
            units = now
            top = alignment.naming.output_from or len(units)
            rows.append(units[top - 1].hidden @ output["W_hq"] + output["b_q"])
        return torch.cat(rows), units

    def _input(
        self, layer: LayerFound, number: int, X: Tensor, now: list[_Units], before: list[_Units]
    ) -> Tensor:
        if number == 1 or layer.reads == "inputs":
            return X
        match layer.reads:
            case "stale":
                return before[number - 2].hidden
            case "memory":
                memory = now[number - 2].memory
                assert memory is not None
                return memory
            case "lower":
                return now[layer.reads_layer - 1].hidden
            case _:
                return now[number - 2].hidden


def _state_of(alignment: Alignment, layer: LayerFound) -> int:
    """The layer whose own old state a layer multiplies with its recurrent weights; 0 for none."""
    for number, other in enumerate(alignment.naming.layers, start=1):
        own = other.found.old_hidden or other.found.hidden
        if layer.recurrent and own == layer.recurrent:
            return number
    return 0


def _units(parts: tuple[Tensor, ...]) -> _Units:
    return _Units(parts[0], parts[1] if len(parts) > 1 else None)


def _parts(units: _Units) -> tuple[Tensor, ...]:
    return (units.hidden,) if units.memory is None else (units.hidden, units.memory)


def _step(layer: LayerFound, weights: Weights, X: Tensor, old: _Units) -> _Units:
    """One step of a layer with the equation that it was recognised by."""
    found = layer.found
    gates = [name[-1] for name in weights if name.startswith("b_") and name != "b_hh"]
    sums = {gate: X @ weights[f"W_x{gate}"] + weights[f"b_{gate}"] for gate in gates}
    twist = found.twist
    match found.cell:
        case "rnn":
            activation = {**ACTIVATIONS, **RARE_ACTIVATIONS}[found.activation]
            return _Units(activation(sums["h"] + old.hidden @ weights["W_hh"]))
        case "gru":
            return _Units(_gru(sums, weights, old.hidden, _formula(GRU, twist), found.reset_after))
        case "lstm":
            assert old.memory is not None
            full = {gate: sums[gate] + old.hidden @ weights[f"W_h{gate}"] for gate in gates}
            return _lstm(full, old.memory, _formula(MEMORY, twist), _formula(HIDDEN, twist))


def _gru(sums: Values, weights: Weights, H: Tensor, formula: Formula, reset_after: bool) -> Tensor:
    R = torch.sigmoid(sums["r"] + H @ weights["W_hr"])
    if reset_after:
        recurrent = R * (H @ weights["W_hh"] + weights.get("b_hh", torch.zeros(())))
    else:
        recurrent = (R * H) @ weights["W_hh"]
    gates = {"z": sums["z"] + H @ weights["W_hz"], "h": sums["h"] + recurrent}
    values: Values = {name: _activate(formula, name)(value) for name, value in gates.items()}
    return formula.compute({**values, "r": R, "H": H, "C": H})


def _lstm(gates: Values, C: Tensor, memory: Formula, hidden: Formula) -> _Units:
    values: Values = {name: _activate(memory, name)(gates[name]) for name in "ifc"}
    new = memory.compute({**values, "C": C, "H": C})
    values["o"] = _activate(hidden, "o")(gates["o"])
    return _Units(hidden.compute({**values, "C": C, "N": new}), new)


def _activate(formula: Formula, gate: str) -> Callable[[Tensor], Tensor]:
    return ACTIVATIONS[formula.activation(gate)]


def _formula(formulas: tuple[Formula, ...], twist: Twist | None) -> Formula:
    """The twisted equation among these, or the right one, which stands first."""
    return next((one for one in formulas if twist is not None and one.twist == twist), formulas[0])
