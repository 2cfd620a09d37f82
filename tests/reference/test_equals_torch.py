"""The reference equals torch.nn.RNN, GRU and LSTM, in values and in every gradient."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from pytest_deeprnn.reference import gru, lstm, rnn, stack

Module = nn.RNN | nn.GRU | nn.LSTM
Kind = type[nn.RNN] | type[nn.GRU] | type[nn.LSTM]
# A kind of torch layer, its width and how many of it stand on one another.
Plan = Sequence[tuple[Kind, int, int]]
# For one layer of a module, the (W_x, W_h, b_x, b_h) of each of its gates, as X @ W.
Gates = list[tuple[Tensor, Tensor, Tensor, Tensor]]


def rnn_layer(gates: Gates) -> stack.Layer[rnn.Weights]:
    ((W_xh, W_hh, b_x, b_h),) = gates
    return stack.Layer(rnn.step, rnn.Weights(W_xh, W_hh, b_x + b_h))


def gru_layer(gates: Gates) -> stack.Layer[gru.Weights]:
    reset, update, (W_xh, W_hh, b_h, b_hh) = gates
    weights = gru.Weights(*one_bias(reset), *one_bias(update), W_xh, W_hh, b_h, b_hh)
    return stack.Layer(gru.step_reset_after, weights)


def lstm_layer(gates: Gates) -> stack.Layer[lstm.Weights]:
    i, f, c, o = map(one_bias, gates)
    return stack.Layer(lstm.step, lstm.Weights(*i, *f, *o, *c))


def one_bias(gate: tuple[Tensor, Tensor, Tensor, Tensor]) -> tuple[Tensor, Tensor, Tensor]:
    W_x, W_h, b_x, b_h = gate
    return W_x, W_h, b_x + b_h


LAYERS: dict[Kind, tuple[int, Callable[[Gates], stack.Layer[Any]]]] = {
    nn.RNN: (1, rnn_layer),
    nn.GRU: (3, gru_layer),
    nn.LSTM: (4, lstm_layer),
}


def layers_of(module: Module) -> list[stack.Layer[Any]]:
    """The reference's layers over the very tensors of a torch module."""
    count, layer = LAYERS[type(module)]
    layers = []
    for W_ih, W_hh, b_ih, b_hh in module.all_weights:
        parts = (W_ih.T.chunk(count, 1), W_hh.T.chunk(count, 1), b_ih.chunk(count))
        layers.append(layer(list(zip(*parts, b_hh.chunk(count), strict=True))))
    return layers


def per_layer(states: tuple[Tensor, ...]) -> list[stack.State]:
    """(H,) or (H, C), each (L, B, H), as one tuple a layer."""
    return list(zip(*states, strict=True))


def by_torch(
    modules: list[Module],
    head: nn.Linear,
    inputs: Tensor,
    states: list[tuple[Tensor, ...]],
) -> list[Tensor]:
    hiddens, new_states = inputs, []
    for module, state in zip(modules, states, strict=True):
        hiddens, new = module(hiddens, state if isinstance(module, nn.LSTM) else state[0])
        new_states += per_layer(new if isinstance(new, tuple) else (new,))
    rows = [head(hiddens[t]) for t in range(len(hiddens))]
    return [torch.cat(rows), *(s for state in new_states for s in state)]


def by_reference(
    modules: list[Module],
    head: nn.Linear,
    inputs: Tensor,
    states: list[tuple[Tensor, ...]],
) -> list[Tensor]:
    layers = tuple(layer for module in modules for layer in layers_of(module))
    network = stack.Network(layers, head.weight.T, head.bias)
    per_layers = tuple(s for state in states for s in per_layer(state))
    outputs, new_states = stack.forward(inputs, per_layers, network)
    return [outputs, *(s for state in new_states for s in state)]


UNIFORM: dict[str, Plan] = {
    f"{kind.__name__}x{depth}": [(kind, 4, depth)] for kind in LAYERS for depth in (1, 2, 3, 4)
}
MIXED: dict[str, Plan] = {
    "GRU-below-RNN": [(nn.GRU, 5, 1), (nn.RNN, 3, 1)],
    "RNN-LSTM-GRU": [(nn.RNN, 2, 1), (nn.LSTM, 6, 2), (nn.GRU, 3, 1)],
}
ONE: dict[str, Plan] = {f"{kind.__name__}-of-one-unit": [(kind, 1, 1)] for kind in LAYERS}
CASES = [(plan, (5, 3, 7)) for plan in (UNIFORM | MIXED).values()]
CASES += [(plan, (1, 1, 1)) for plan in ONE.values()]


@pytest.mark.parametrize(("plan", "sizes"), CASES, ids=list(UNIFORM | MIXED | ONE))
def test_values_and_gradients(plan: Plan, sizes: tuple[int, int, int]) -> None:
    T, B, V = sizes
    generator = torch.Generator().manual_seed(1)

    def draw(*shape: int) -> Tensor:
        numbers = torch.randn(shape, generator=generator, dtype=torch.float64)
        return numbers.requires_grad_()

    modules: list[Module] = []
    states, width = [], V
    for kind, H, depth in plan:
        modules.append(kind(width, H, depth, dtype=torch.float64))
        count = 2 if kind is nn.LSTM else 1
        states.append(tuple(draw(depth, B, H) for _ in range(count)))
        width = H
    head = nn.Linear(width, V, dtype=torch.float64)
    parameters = list(nn.ModuleList([*modules, head]).parameters())
    for parameter in parameters:
        nn.init.normal_(parameter, std=0.5, generator=generator)
    inputs = draw(T, B, V)
    leaves = [inputs, *(s for state in states for s in state), *parameters]

    expected = by_torch(modules, head, inputs, states)
    got = by_reference(modules, head, inputs, states)
    torch.testing.assert_close(got, expected, rtol=0, atol=1e-12)

    seeds = [draw(*value.shape).detach() for value in expected]
    torch.testing.assert_close(
        torch.autograd.grad(got, leaves, seeds),
        torch.autograd.grad(expected, leaves, seeds),
        rtol=0,
        atol=1e-11,
    )
