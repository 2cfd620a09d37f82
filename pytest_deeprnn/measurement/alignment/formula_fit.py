"""One unit's equation, tried with all choices of groups, signs and old state at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import permutations, product
from math import perm

import torch
from torch import Tensor

from pytest_deeprnn.core.tolerances import SERIES
from pytest_deeprnn.measurement.alignment.cells import Gate, Scene, old_positions
from pytest_deeprnn.mutations.unit_formula import RECURRENT, Formula, Values

_MOST_CHOICES = 200_000
_MOST_TRIES = 4_000_000
Unit = tuple[tuple[Gate, ...], int]  # the gates of one unit, and its old state unit


def try_unit(
    scene: Scene,
    tried: Formula,
    target: Tensor,
    position: int,
    pool: Sequence[int],
    unit: int,
    known: Values | None = None,
) -> Unit | None:
    """The groups of the pool that serve as the formula's gates, and the old unit, if they fit.

    `position` is the old state unit to prefer, `known` what the formula reads besides gates; a
    gate is taken as its complement where that fits.
    """
    scene.budget.spend()
    given = known or {}
    names = "".join(gate for gate in tried.gates if f"a_{gate}" not in given)
    if perm(len(pool), len(names)) > _MOST_CHOICES:
        return None
    chosen = [one for one in permutations(pool, len(names)) if _fits(scene, names, one)]
    signs = list(product(*((1, -1) if name in tried.signed else (1,) for name in names)))
    sources = list(old_positions(scene, position))
    tries = len(chosen) * len(signs) * len(sources)
    if not 0 < tries <= _MOST_TRIES:
        return None
    old = scene.old[:, sources].T  # (sources, N), below (choices, signs, sources, N)
    values: Values = {"H": old, "C": old, **given}
    for index, name in enumerate(names):
        sums = torch.stack([scene.value(groups[index]) for groups in chosen])
        turned = torch.tensor([one[index] for one in signs], dtype=torch.float64)
        values[f"a_{name}"] = sums[:, None, None] * turned[:, None, None]
    shape = len(chosen), len(signs), len(sources), len(target)
    gap = (tried.compute(values) - target).abs().broadcast_to(shape).amax(-1)
    fitting = (gap <= SERIES * (1 + target.abs().max())).nonzero()
    if not len(fitting):
        return None
    which, sign, source = fitting[0].tolist()
    gates = zip(names, chosen[which], signs[sign], strict=True)
    return tuple(Gate(group, gate, unit, turn) for gate, group, turn in gates), sources[source]


def _fits(scene: Scene, names: str, groups: tuple[int, ...]) -> bool:
    """Whether the recurrent sum of a candidate is one that reads no input."""
    pairs = zip(names, groups, strict=True)
    return all(group in scene.others for name, group in pairs if name == RECURRENT)


def all_units(tried: Iterable[Unit | None]) -> list[Unit] | None:
    """All units, None as soon as one does not fit."""
    found = []
    for one in tried:
        if one is None:
            return None
        found.append(one)
    return found
