"""What holds for any cell in time and depth, with unequal widths."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields
from typing import Any

import pytest
import torch
from torch import Tensor

from pytest_deeprnn.reference import gru, lstm, rnn, stack


@dataclass(frozen=True)
class Cell:
    step: stack.Step[Any]
    weights: type[Any]
    n_states: int = 1

    def shapes(self, n_inputs: int, n_hiddens: int) -> list[tuple[int, ...]]:
        """Those of the weights a layer must be given."""
        kinds = {"W_x": (n_inputs, n_hiddens), "W_h": (n_hiddens, n_hiddens)}
        required = (f.name for f in fields(self.weights) if f.default is MISSING)
        return [kinds.get(name[:3], (n_hiddens,)) for name in required]


CELLS = {
    "rnn": Cell(rnn.step, rnn.Weights),
    "gru": Cell(gru.step, gru.Weights),
    "gru-reset-after": Cell(gru.step_reset_after, gru.Weights),
    "lstm": Cell(lstm.step, lstm.Weights, 2),
}
each_cell = pytest.mark.parametrize("cell", CELLS.values(), ids=list(CELLS))


def tensors_of(weights: object) -> list[Tensor]:
    return [value for value in vars(weights).values() if value is not None]


class Draw:
    """Random tensors of one seed, dtype and device."""

    def __init__(self, dtype: torch.dtype = torch.float64, device: str = "cpu") -> None:
        self.generator = torch.Generator().manual_seed(4)
        self.dtype, self.device = dtype, device

    def tensor(self, *shape: int) -> Tensor:
        numbers = torch.randn(shape, generator=self.generator, dtype=torch.float64)
        return (numbers * 0.5).to(self.device, self.dtype)

    def layer(self, cell: Cell, n_inputs: int, n_hiddens: int) -> stack.Layer[Any]:
        shapes = cell.shapes(n_inputs, n_hiddens)
        return stack.Layer(cell.step, cell.weights(*(self.tensor(*s) for s in shapes)))

    def state(self, cell: Cell, B: int, n_hiddens: int) -> stack.State:
        return tuple(self.tensor(B, n_hiddens) for _ in range(cell.n_states))

    def case(
        self, cell: Cell, T: int, B: int, V: int, widths: tuple[int, ...]
    ) -> tuple[Tensor, tuple[stack.State, ...], stack.Network]:
        """Arguments of stack.forward for layers of these widths."""
        below = (V, *widths)
        layers = tuple(self.layer(cell, i, h) for i, h in zip(below, widths, strict=False))
        network = stack.Network(layers, self.tensor(widths[-1], V), self.tensor(V))
        states = tuple(self.state(cell, B, h) for h in widths)
        return self.tensor(T, B, V), states, network


@each_cell
def test_many_steps_are_repeated_single_steps(cell: Cell) -> None:
    inputs, (state,), network = Draw().case(cell, 6, 2, 3, (4,))
    outputs, (last,) = stack.forward(inputs, (state,), network)
    for X, rows in zip(inputs, outputs.split(2), strict=True):
        state = cell.step(X, state, network.layers[0].weights)
        torch.testing.assert_close(rows, state[0] @ network.W_hq + network.b_q, rtol=0, atol=1e-12)
    assert len(last) == cell.n_states
    assert all(map(torch.equal, last, state))


@each_cell
def test_two_half_runs_are_one_run(cell: Cell) -> None:
    inputs, state, network = Draw().case(cell, 6, 2, 3, (4, 5))
    outputs, last = stack.forward(inputs, state, network)
    first, between = stack.forward(inputs[:2], state, network)
    second, end = stack.forward(inputs[2:], between, network)
    torch.testing.assert_close(torch.cat([first, second]), outputs, rtol=0, atol=1e-12)
    torch.testing.assert_close(end, last, rtol=0, atol=1e-12)


@each_cell
def test_rows_are_time_major_causal_and_independent(cell: Cell) -> None:
    """Row t*B + b is what batch row b alone gives at its step t."""
    T, B = 4, 3
    inputs, state, network = Draw().case(cell, T, B, 5, (4, 2))
    outputs, _ = stack.forward(inputs, state, network)
    for t in range(T):
        for b in range(B):
            alone = tuple(tuple(s[b : b + 1] for s in layer) for layer in state)
            row, _ = stack.forward(inputs[: t + 1, b : b + 1], alone, network)
            torch.testing.assert_close(outputs[t * B + b], row[-1], rtol=0, atol=1e-12)


@each_cell
@pytest.mark.parametrize(
    ("T", "B", "V", "widths"),
    [(1, 1, 1, (1,)), (1, 3, 2, (4, 1)), (4, 1, 5, (2, 6, 3)), (2, 3, 1, (1, 5))],
)
def test_shapes(cell: Cell, T: int, B: int, V: int, widths: tuple[int, ...]) -> None:
    outputs, state = stack.forward(*Draw().case(cell, T, B, V, widths))
    assert outputs.shape == (T * B, V)
    assert [[s.shape for s in layer] for layer in state] == [
        [(B, width)] * cell.n_states for width in widths
    ]


@each_cell
@pytest.mark.parametrize("dtype", [torch.float64, torch.float32, torch.bfloat16])
@pytest.mark.parametrize("device", ["cpu", "meta"])
def test_keeps_dtype_and_device(cell: Cell, dtype: torch.dtype, device: str) -> None:
    outputs, state = stack.forward(*Draw(dtype, device).case(cell, 2, 3, 5, (4, 2)))
    for value in (outputs, *(s for layer in state for s in layer)):
        assert (value.dtype, value.device.type) == (dtype, device)


@each_cell
def test_gradients_equal_differences(cell: Cell) -> None:
    """Through two layers and three steps, for all that goes in and all that comes out."""
    inputs, states, network = Draw().case(cell, 3, 2, 3, (2, 3))
    flat_states = [s for state in states for s in state]
    lower, upper = (tensors_of(layer.weights) for layer in network.layers)
    sizes = (1, len(flat_states), len(lower), len(upper), 2)

    def flat_forward(*tensors: Tensor) -> tuple[Tensor, ...]:
        rest = iter(tensors)
        (X,), S, low, up, out = ([next(rest) for _ in range(size)] for size in sizes)
        n = cell.n_states
        layers = tuple(stack.Layer(cell.step, cell.weights(*w)) for w in (low, up))
        outputs, new = stack.forward(X, (tuple(S[:n]), tuple(S[n:])), stack.Network(layers, *out))
        return outputs, *(s for state in new for s in state)

    leaves = [inputs, *flat_states, *lower, *upper, network.W_hq, network.b_q]
    assert torch.autograd.gradcheck(flat_forward, [leaf.requires_grad_() for leaf in leaves])
