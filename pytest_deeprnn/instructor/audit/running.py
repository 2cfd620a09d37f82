"""Calls of a generated file with random numbers, for a look that owes nothing to the grader."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from pytest_deeprnn.instructor.audit.network import Network
from pytest_deeprnn.instructor.audit.style import Style

#: V = H, so that a weight that takes another input's place has its shape; B and T differ.
UNITS, BATCH, STEPS = 3, 2, 4
_SPREAD = 0.5
_TOLERANCE = 1e-9


@dataclass(frozen=True)
class Numbers:
    """One-hot inputs (T, B, V), and all numbers of parameters and state in their order."""

    inputs: Tensor
    params: tuple[Tensor, ...]
    state: tuple[Tensor, ...]


def loaded(text: str, style: Style) -> tuple[Callable[..., Any], ...]:
    """The file's three functions."""
    names: dict[str, Any] = {"__name__": "generated"}
    exec(compile(text, "<generated>", "exec"), names)
    return tuple(names[one] for one in style.functions)


def drawn(text: str, network: Network, style: Style, depth: int, seed: int = 0) -> Numbers:
    """Random numbers for all that the file's get_params and init_state make."""
    generator = torch.Generator().manual_seed(seed)
    make_params, make_state, _ = loaded(text, style)

    def filled(container: Any) -> tuple[Tensor, ...]:
        return tuple(
            torch.randn(one.shape, generator=generator, dtype=torch.float64) * _SPREAD
            for one in leaves(container)
        )

    tokens = torch.randint(UNITS, (STEPS, BATCH), generator=generator)
    sizes = _sizes(network, depth)
    return Numbers(
        torch.nn.functional.one_hot(tokens, UNITS).double(),
        filled(make_params(UNITS, *sizes, "cpu")),
        filled(make_state(BATCH, *sizes, "cpu")),
    )


def run(
    text: str, network: Network, style: Style, depth: int, numbers: Numbers
) -> tuple[Tensor, ...]:
    """All numbers that forward returns: the outputs, then those of the new state."""
    make_params, make_state, forward = loaded(text, style)
    sizes = _sizes(network, depth)
    params = rebuilt(make_params(UNITS, *sizes, "cpu"), iter(numbers.params))
    state = rebuilt(make_state(BATCH, *sizes, "cpu"), iter(numbers.state))
    with torch.no_grad():
        given = forward(numbers.inputs, state, params)
    return tuple(one.clone() for one in leaves(given))


def differ(one: tuple[Tensor, ...], other: tuple[Tensor, ...]) -> bool:
    """Whether two runs gave other shapes or numbers."""
    if [part.shape for part in one] != [part.shape for part in other]:
        return True
    pairs = zip(one, other, strict=True)
    return not all(torch.allclose(a, b, rtol=_TOLERANCE, atol=_TOLERANCE) for a, b in pairs)


def leaves(container: Any) -> Iterator[Tensor]:
    """All tensors of a nesting, in its order."""
    if isinstance(container, Tensor):
        yield container
    else:
        for one in _items(container):
            yield from leaves(one)


def rebuilt(container: Any, numbers: Iterator[Tensor]) -> Any:
    """The same nesting with other tensors."""
    if isinstance(container, Tensor):
        return next(numbers).clone()
    inner = [rebuilt(one, numbers) for one in _items(container)]
    if isinstance(container, dict):
        return dict(zip(container, inner, strict=True))
    if hasattr(container, "_fields"):
        return type(container)(*inner)
    return type(container)(inner)


def _items(container: Any) -> Iterable[Any]:
    return container.values() if isinstance(container, dict) else container


def _sizes(network: Network, depth: int) -> tuple[Any, ...]:
    """num_hiddens, and num_layers where it is an argument."""
    if network.own_widths:
        return ([UNITS] * depth,)
    return (UNITS, depth) if network.form == "any" else (UNITS,)
