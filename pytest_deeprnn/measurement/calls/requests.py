"""Puts sizes and numbers into the form in which a worker is asked to call a function."""

from __future__ import annotations

import itertools
from dataclasses import replace

from torch import Tensor

from pytest_deeprnn.core.sizes import Sizes
from pytest_deeprnn.measurement.calls.replies import Numbers
from pytest_deeprnn.sandbox.protocol.messages import (
    Argument,
    Array,
    Device,
    Given,
    Invocation,
    Named,
    Number,
    Widths,
)
from pytest_deeprnn.sandbox.tensors import DTYPES, pack
from pytest_deeprnn.submission.binding import Binding
from pytest_deeprnn.submission.synonyms import FIXED, Kind


def packed(tensor: Tensor, sizes: Sizes) -> Array:
    """A tensor's numbers in the dtype of the case."""
    return pack(tensor.to(DTYPES[sizes.dtype]))


def as_made(values: tuple[Tensor, ...], made: Numbers | None, sizes: Sizes) -> tuple[Array, ...]:
    """The numbers in the dtype of the case, or in float64 where the submission chose that."""
    leaves = () if made is None else made.floats
    chosen = [leaf.dtype == "float64" for leaf in leaves] or [False] * len(values)
    return tuple(
        pack(value) if double else packed(value, sizes)
        for value, double in zip(values, chosen, strict=True)
    )


def relevant(role: str, sizes: Sizes) -> Sizes:
    """The sizes without those that the function does not depend on."""
    return replace(sizes, steps=1, batch=1 if role == "get_params" else sizes.batch)


def size(kind: Kind, sizes: Sizes) -> int:
    """The size that an argument of this kind takes."""
    return {
        "vocab": sizes.vocab,
        "hiddens": sizes.hiddens,
        "layers": sizes.layers,
        "batch": sizes.batch,
    }[kind]


def invocation(binding: Binding, sizes: Sizes) -> Invocation:
    """Which function to call and with which arguments."""
    objects = binding.function.objects
    parts = itertools.count()

    def given(kind: Kind) -> Argument:
        if kind == "state" and binding.splits_state:
            return Given(what="state", part=next(parts))
        return _argument(kind, sizes)

    return Invocation(
        function=binding.function.name,
        args=tuple(given(kind) for kind in binding.positional),
        kwargs={
            **{name: Named(path=path) for name, path in objects.items()},
            **{name: given(kind) for name, kind in binding.keyword.items()},
        },
    )


def _argument(kind: Kind, sizes: Sizes) -> Argument:
    match kind:
        case "hiddens" if sizes.widths:
            return Widths(value=sizes.widths)
        case "inputs" | "state" | "params":
            return Given(what=kind)
        case "device":
            return Device(name=sizes.device)
        case "scale" | "dropout":
            return Number(value=FIXED[kind])
        case _:
            return Number(value=size(kind, sizes))
