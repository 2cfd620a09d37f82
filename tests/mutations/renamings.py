"""Mutations that are one function with other names for the weights, found by trying all names.

Cells of one input and one unit are enough to tell which names may fit, and are tried with all
renamings at once; larger cells then confirm. Renamings are those that leave a learner's file
right: W_x, W_h and b of the gates exchanged, each by itself, and a gate's signs turned, so that
it is read as its complement.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from itertools import permutations, product
from typing import Any

import torch
from torch import Tensor

from pytest_deeprnn.mutations import compiled
from pytest_deeprnn.mutations.mutation import Mutation

GATES = {"rnn": "h", "gru": "rzh", "lstm": "ifoc"}
KINDS = ("W_x", "W_h", "b_")
_POINTS = 2
_AGREE = 1e-9


@dataclass(frozen=True)
class Renamings:
    """For W_x, W_h and b the gate that each gate takes its numbers from, and the gates' signs.

    Shapes: taken (R, 3, gates), signs (R, gates) for R renamings; the first changes nothing.
    """

    taken: Tensor
    signs: Tensor

    def one(self, number: int) -> Renamings:
        """One of them."""
        return Renamings(self.taken[[number]], self.signs[[number]])


@cache
def renamings(cell: str) -> Renamings:
    """All exchanges of names, and all signs of those gates that are a sigmoid."""
    gates = GATES[cell]
    orders = list(permutations(range(len(gates))))
    signs = list(product(*((1.0,) if gate in "hc" else (1.0, -1.0) for gate in gates)))
    taken = torch.tensor(list(product(orders, repeat=len(KINDS))))
    return Renamings(
        taken.repeat_interleave(len(signs), dim=0),
        torch.tensor(signs, dtype=torch.float64).repeat(len(taken), 1),
    )


class Trial:
    """One cell with random numbers, run with its weights under other names."""

    def __init__(self, cell: str, units: int, rows: int, seed: int) -> None:
        generator = torch.Generator().manual_seed(seed)

        def draw(*shape: int) -> Tensor:
            return torch.randn(shape, generator=generator, dtype=torch.float64)

        self._cell = cell
        self._numbers = [
            torch.stack([draw(*shape) for _ in GATES[cell]])
            for shape in ((units, units), (units, units), (1, units))
        ]
        self._X = draw(rows, units)
        self._state = tuple(draw(rows, units) for _ in range(2 if cell == "lstm" else 1))

    def run(self, mutations: tuple[Mutation, ...], names: Renamings) -> Tensor:
        """The new state with each renaming: (renamings, numbers)."""
        weights = compiled.CELLS[self._cell].Weights(**self._named(names))
        new = compiled.step(self._cell, "step", mutations)(self._X, self._state, weights)
        flat = [part.expand(len(names.signs), *self._X.shape).flatten(1) for part in new]
        return torch.cat(flat, dim=1)

    def _named(self, names: Renamings) -> dict[str, Any]:
        known = {field.name for field in fields(compiled.CELLS[self._cell].Weights)}
        weights = {}
        for kind, prefix in enumerate(KINDS):
            for number, gate in enumerate(GATES[self._cell]):
                sign = names.signs[:, number].view(-1, 1, 1)
                taken = names.taken[:, kind, number]
                weights[f"{prefix}{gate}"] = sign * self._numbers[kind][taken]
        return {name: value for name, value in weights.items() if name in known}


def equal(cell: str, mutations: list[tuple[Mutation, ...]]) -> set[frozenset[int]]:
    """Pairs of mutations, by their numbers, that some renaming makes one function."""
    names = renamings(cell)
    trial = Trial(cell, units=1, rows=_POINTS, seed=5)
    plain = torch.cat([trial.run(one, names.one(0)) for one in mutations])
    pairs = set()
    for number, one in enumerate(mutations):
        given = trial.run(one, names)
        first, order = given[:, 0].sort()
        low = torch.searchsorted(first, plain[:number, 0] - _AGREE)
        high = torch.searchsorted(first, plain[:number, 0] + _AGREE)
        for other, (start, end) in enumerate(zip(low.tolist(), high.tolist(), strict=True)):
            near = order[start:end]
            fits = (given[near] - plain[other]).abs().amax(1) <= _AGREE
            if any(
                _confirmed(cell, one, mutations[other], names.one(n)) for n in near[fits].tolist()
            ):
                pairs.add(frozenset((number, other)))
    return pairs


def _confirmed(
    cell: str, one: tuple[Mutation, ...], other: tuple[Mutation, ...], how: Renamings
) -> bool:
    """Whether the renaming holds in larger cells with other numbers."""
    same = renamings(cell).one(0)
    for seed in (1, 2):
        trial = Trial(cell, units=3, rows=2, seed=seed)
        if (trial.run(one, how) - trial.run(other, same)).abs().max() > _AGREE:
            return False
    return True
