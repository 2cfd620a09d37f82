"""Tensors that lie in the same memory: what is written into one is written into the other."""

from __future__ import annotations

import torch
from torch import Tensor

from pytest_deeprnn.sandbox.protocol.messages import Leaf

_BYTES = {"float64": 8, "float32": 4}
_FEWEST = 2  # bytes of a number of any other dtype


def overlapping(leaves: tuple[Leaf, ...]) -> tuple[Leaf, Leaf] | None:
    """Two leaves that have a number's memory in common, None where no two have."""
    places = [_places(leaf).unique() for leaf in leaves]
    if not places:
        return None
    owners = torch.cat([torch.full_like(own, number) for number, own in enumerate(places)])
    taken, order = torch.cat(places).sort(stable=True)
    (twice,) = torch.nonzero(taken[1:] == taken[:-1], as_tuple=True)
    if not twice.numel():
        return None
    owner = owners[order]
    at = int(twice[0])
    return leaves[int(owner[at])], leaves[int(owner[at + 1])]


def repeats(leaf: Leaf) -> bool:
    """Whether several of a leaf's own numbers lie in one place, as after `expand`."""
    places = _places(leaf)
    return len(places.unique()) < len(places)


def _places(leaf: Leaf) -> Tensor:
    """The bytes where a leaf's numbers begin."""
    size = _BYTES.get(leaf.dtype, _FEWEST)
    places = torch.tensor([leaf.address])
    for length, stride in zip(leaf.shape, leaf.strides, strict=True):
        places = (places[:, None] + size * stride * torch.arange(length)).reshape(-1)
    return places
