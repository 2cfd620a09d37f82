"""The book's GRU, which torch.nn does not have, against two sources of its own."""

from __future__ import annotations

import math
import random
from dataclasses import replace

import pytest
import torch
from torch import Tensor

from pytest_deeprnn.reference import gru

Matrix = list[list[float]]


def sigmoid(a: float) -> float:
    return 1 / (1 + math.exp(-a))


def weighted(values: list[float], W: Matrix, unit: int) -> float:
    return sum(value * row[unit] for value, row in zip(values, W, strict=True))


def unit_by_unit(x: list[float], h: list[float], w: dict[str, Matrix]) -> list[float]:
    """One row of the book's GRU in single numbers, without torch."""
    units = range(len(h))

    def gate(name: str, unit: int) -> float:
        recurrent = weighted(h, w[f"W_h{name}"], unit)
        return sigmoid(weighted(x, w[f"W_x{name}"], unit) + recurrent + w[f"b_{name}"][0][unit])

    kept = [gate("r", unit) * h[unit] for unit in units]
    new = []
    for unit in units:
        recurrent = weighted(kept, w["W_hh"], unit)
        candidate = math.tanh(weighted(x, w["W_xh"], unit) + recurrent + w["b_h"][0][unit])
        z = gate("z", unit)
        new.append(z * h[unit] + (1 - z) * candidate)
    return new


@pytest.mark.parametrize(("B", "n_inputs", "n_hiddens"), [(1, 1, 1), (1, 4, 3), (3, 2, 5)])
def test_equals_unit_by_unit(B: int, n_inputs: int, n_hiddens: int) -> None:
    source = random.Random(2)

    def draw(rows: int, columns: int) -> Matrix:
        return [[source.gauss(0, 0.7) for _ in range(columns)] for _ in range(rows)]

    rows = {"x": n_inputs, "h": n_hiddens}
    w = {f"W_{side}{gate}": draw(rows[side], n_hiddens) for side in "xh" for gate in "rzh"}
    w |= {f"b_{gate}": draw(1, n_hiddens) for gate in "rzh"}
    X, H = draw(B, n_inputs), draw(B, n_hiddens)
    tensors = {name: torch.tensor(values, dtype=torch.float64) for name, values in w.items()}
    weights = gru.Weights(**{n: t[0] if n.startswith("b") else t for n, t in tensors.items()})

    (got,) = gru.step(
        torch.tensor(X, dtype=torch.float64), (torch.tensor(H, dtype=torch.float64),), weights
    )

    expected = [unit_by_unit(x, h, w) for x, h in zip(X, H, strict=True)]
    torch.testing.assert_close(got, torch.tensor(expected, dtype=torch.float64), rtol=0, atol=1e-12)


def draw_weights() -> tuple[Tensor, Tensor, gru.Weights]:
    """X (3, 4), H (3, 5) and weights, drawn at random, all of them leaves."""
    generator = torch.Generator().manual_seed(3)

    def draw(*shape: int) -> Tensor:
        return torch.randn(shape, generator=generator, dtype=torch.float64).requires_grad_()

    blocks = [draw(*shape) for _ in range(3) for shape in ((4, 5), (5, 5), (5,))]
    return draw(3, 4), draw(3, 5), gru.Weights(*blocks)


def torch_gru_cell(X: Tensor, H: Tensor, W: gru.Weights) -> Tensor:
    W_ih = torch.cat([W.W_xr, W.W_xz, W.W_xh], 1).T
    W_hh = torch.cat([W.W_hr, W.W_hz, W.W_hh], 1).T
    b_ih = torch.cat([W.b_r, W.b_z, W.b_h])
    return torch.gru_cell(X, H, W_ih, W_hh, b_ih, torch.zeros_like(b_ih))


@pytest.mark.parametrize("coincidence", ["each unit sees itself only", "one reset for all units"])
def test_equals_torch_where_both_resets_coincide(coincidence: str) -> None:
    """(R ⊙ H) W and R ⊙ (H W) are one where W is diagonal or all units have one R."""
    X, H, W = draw_weights()
    if coincidence == "each unit sees itself only":
        same = replace(W, W_hh=W.W_hh.diag().diag())
    else:
        same = replace(
            W,
            W_xr=W.W_xr[:, :1].expand(4, 5),
            W_hr=W.W_hr[:, :1].expand(5, 5),
            b_r=W.b_r[:1].expand(5),
        )
    # With all units' R equal, their weights are one parameter: gradients agree as well.
    leaves = [X, H, *(value for value in vars(W).values() if value is not None)]

    (got,) = gru.step(X, (H,), same)
    expected = torch_gru_cell(X, H, same)
    torch.testing.assert_close(got, expected, rtol=0, atol=1e-12)
    torch.testing.assert_close(
        torch.autograd.grad(got.square().sum(), leaves),
        torch.autograd.grad(expected.square().sum(), leaves),
        rtol=0,
        atol=1e-12,
    )


def test_both_resets_are_different_functions() -> None:
    X, H, W = draw_weights()
    (before,), (after,) = gru.step(X, (H,), W), gru.step_reset_after(X, (H,), W)
    assert (before - after).abs().max() > 0.01


def test_the_second_bias_belongs_to_reset_after() -> None:
    X, H, W = draw_weights()
    two, zero = replace(W, b_hh=W.b_h), replace(W, b_hh=torch.zeros_like(W.b_h))
    assert torch.equal(gru.step(X, (H,), two)[0], gru.step(X, (H,), W)[0])
    none_given = gru.step_reset_after(X, (H,), W)[0]
    assert torch.equal(gru.step_reset_after(X, (H,), zero)[0], none_given)
    assert not torch.allclose(gru.step_reset_after(X, (H,), two)[0], none_given)
