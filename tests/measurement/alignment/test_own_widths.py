"""Roles that were found once are carried to layers of any widths."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import torch
from torch import Tensor

from pytest_deeprnn.core.sizes import Sizes
from pytest_deeprnn.measurement.alignment.align import align
from pytest_deeprnn.measurement.calls.runner import SubmissionRunner
from pytest_deeprnn.sandbox.in_process import LocalSpawner
from pytest_deeprnn.submission.discover import discover
from pytest_deeprnn.submission.prepare import prepare

#: Falling, rising, equal, and as wide as V.
WIDTHS = [(2, 4), (6, 1), (3, 3), (5, 5), (1, 8)]
V = 5

HEAD = """
import torch
def init_state(batch_size, num_hiddens, device):
    return [torch.zeros(batch_size, h) for h in num_hiddens]
"""
FLAT = """
def get_params(vocab_size, num_hiddens, device):
    made, below = [], vocab_size
    for h in num_hiddens:
        made += [torch.zeros(below, h), torch.zeros(h, h), torch.zeros(h)]
        below = h
    return made + [torch.zeros(below, vocab_size), torch.zeros(vocab_size)]
def split(params, layer): return params[3 * layer:3 * layer + 3]
def head(params): return params[-2:]
"""
STACKED = """
def get_params(vocab_size, num_hiddens, device):
    belows = [vocab_size, *num_hiddens]
    each = [torch.zeros(h, b + h + 1) for b, h in zip(belows, num_hiddens)]
    return {"each": each, "out": torch.zeros(vocab_size, 1 + num_hiddens[-1])}
def split(params, layer):
    W = params["each"][layer].T
    h = W.shape[1]
    return W[:-1 - h], W[-1 - h:-1], W[-1]
def head(params): return params["out"][:, 1:].T, params["out"][:, 0]
"""
FORWARD = """
def forward(inputs, state, params):
    state, outputs = list(state), []
    for x in inputs:
        for layer, h in enumerate(state):
            W, U, b = split(params, layer)
            state[layer] = x = torch.tanh(x @ W + h @ U + b)
        Q, q = head(params)
        outputs.append(x @ Q + q)
    return torch.cat(outputs), state
"""

Make = Callable[[str], SubmissionRunner]


@pytest.fixture
def student(tmp_path: Path) -> Iterator[Make]:
    """A student with parameters in this layout."""
    made = list[SubmissionRunner]()

    def of(layout: str) -> SubmissionRunner:
        path = tmp_path / "student.py"
        path.write_text(HEAD + layout + FORWARD)
        prepared = prepare(discover([str(path)])[0], frozenset())
        made.append(SubmissionRunner(LocalSpawner(), prepared.load, prepared.contract, {}))
        return made[-1]

    yield of
    for one in made:
        one.close()


def flat(values: tuple[Tensor, ...]) -> list[Tensor]:
    """W, U, b of each layer, then Q and q."""
    return list(values)


def stacked(values: tuple[Tensor, ...]) -> list[Tensor]:
    """The same out of one matrix a layer."""
    found: list[Tensor] = []
    for matrix in values[:-1]:
        h = matrix.shape[0]
        below = matrix.shape[1] - h - 1
        found += [matrix[:, :below].T, matrix[:, below : below + h].T, matrix[:, -1]]
    return [*found, values[-1][:, 1:].T, values[-1][:, 0]]


@pytest.mark.parametrize(("layout", "by_hand"), [(FLAT, flat), (STACKED, stacked)])
def test_weights_at_other_widths_are_those_that_stand_there(
    student: Make, layout: str, by_hand: Callable[[tuple[Tensor, ...]], list[Tensor]]
) -> None:
    one = student(layout)
    alignment = align(one, 2, ["rnn", "rnn"], seed=2, own_widths=True)
    assert (alignment.proven, alignment.cells) == (True, ("rnn", "rnn"))
    for widths in WIDTHS:
        sizes = Sizes(vocab=V, hiddens=max(widths), layers=2, widths=widths)
        shapes = one.params(sizes).shapes
        values = tuple(
            torch.arange(torch.Size(shape).numel(), dtype=torch.float64).view(shape) + 100 * n
            for n, shape in enumerate(shapes)
        )
        assert alignment.covers(shapes, sizes)
        network = alignment.network(values, sizes)
        found = [
            weight
            for layer in network.layers
            for weight in (layer.weights.W_xh, layer.weights.W_hh, layer.weights.b_h)
        ]
        expected = by_hand(values)
        for mine, right in zip([*found, network.W_hq, network.b_q], expected, strict=True):
            assert torch.equal(mine, right)


def test_states_at_other_widths_are_those_of_their_layers(student: Make) -> None:
    one = student(FLAT)
    alignment = align(one, 2, ["rnn", "rnn"], seed=2, own_widths=True)
    sizes = Sizes(vocab=V, hiddens=6, layers=2, batch=3, widths=(6, 1))
    values = (torch.rand(3, 6).double(), torch.rand(3, 1).double())
    found = alignment.state_of(values, alignment.old, sizes)
    assert all(torch.equal(mine[0], right) for mine, right in zip(found, values, strict=True))


def test_tensors_of_other_shapes_are_not_covered(student: Make) -> None:
    alignment = align(student(FLAT), 2, ["rnn", "rnn"], seed=2, own_widths=True)
    sizes = Sizes(vocab=V, hiddens=6, layers=2, widths=(6, 4))
    shapes = ((V, 6), (6, 6), (6,), (6, 4), (4, 4), (4,), (4, V), (V,))
    assert alignment.covers(shapes, sizes)
    for leaf, shape in enumerate(shapes):
        smaller = (*shape[:-1], shape[-1] - 1)
        assert not alignment.covers((*shapes[:leaf], smaller, *shapes[leaf + 1 :]), sizes)
    assert not alignment.covers(shapes[:-1], sizes)
