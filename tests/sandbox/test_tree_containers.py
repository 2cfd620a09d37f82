"""Containers of tensors of any class: listed, and built again around other tensors."""

from __future__ import annotations

from collections import OrderedDict, defaultdict, deque, namedtuple
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from pytest_deeprnn.sandbox.host import containers
from pytest_deeprnn.sandbox.host.containers import TooManyLeaves, leaves, rebuild
from pytest_deeprnn.sandbox.protocol.limits import MAX_LEAVES

Pair = namedtuple("Pair", "H C")


class Layer(NamedTuple):
    W: Tensor
    b: Tensor | None


@dataclass
class Weights:
    W: Tensor
    name: str
    b: Tensor


@dataclass(frozen=True)
class Frozen:
    W: Tensor


@dataclass(slots=True)
class Slotted:
    W: Tensor


class Plain:
    def __init__(self) -> None:
        self.size = 3
        self.W = torch.zeros(1)
        self.layers = [torch.zeros(2), torch.zeros(3)]
        self.inner = SimpleNamespace(b=torch.zeros(4))


class MyList(list[Any]):
    pass


class Net(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.W = nn.Parameter(torch.zeros(1))
        self.out = nn.Linear(2, 1)
        self.register_buffer("mask", torch.zeros(3))


def z(size: int = 1) -> Tensor:
    return torch.zeros(size)


MAKERS: dict[str, tuple[Callable[[], object], list[str]]] = {
    "tensor": (z, [""]),
    "list": (lambda: [z(), z(2)], ["[0]", "[1]"]),
    "tuple": (lambda: (z(), (z(2),)), ["[0]", "[1][0]"]),
    "list subclass": (lambda: MyList([z()]), ["[0]"]),
    "namedtuple": (lambda: Pair(z(), z(2)), [".H", ".C"]),
    "NamedTuple": (lambda: [Layer(z(), z(2))], ["[0].W", "[0].b"]),
    "dict": (lambda: {"W": z(), 2: [z(2)]}, ["['W']", "[2][0]"]),
    "OrderedDict": (lambda: OrderedDict(b=z(), a=z(2)), ["['b']", "['a']"]),
    "defaultdict": (lambda: defaultdict(list, {"a": [z()]}), ["['a'][0]"]),
    "deque": (lambda: deque([z(), z(2)]), ["[0]", "[1]"]),
    "dataclass": (lambda: Weights(z(), "layer", z(2)), [".W", ".b"]),
    "frozen dataclass": (lambda: Frozen(z()), [".W"]),
    "plain object": (Plain, [".W", ".layers[0]", ".layers[1]", ".inner.b"]),
    "ParameterList": (lambda: nn.ParameterList([z(), z(2)]), [".0", ".1"]),
    "ParameterDict": (lambda: nn.ParameterDict({"W": z(), "b": z(2)}), [".W", ".b"]),
    "Module": (Net, [".W", ".out.weight", ".out.bias"]),
    "list of modules": (lambda: [Net().out, z()], ["[0].weight", "[0].bias", "[1]"]),
    "empty": (lambda: [], []),
}
each = pytest.mark.parametrize(("make", "paths"), MAKERS.values(), ids=list(MAKERS))


def tensors(container: object) -> list[Tensor]:
    return [leaf for _, leaf in leaves(container) if isinstance(leaf, Tensor)]


@each
def test_leaves_have_paths_as_in_python(make: Callable[[], object], paths: list[str]) -> None:
    found = leaves(make())
    assert [path for path, _ in found] == paths
    assert all(isinstance(leaf, Tensor) for _, leaf in found)


@each
def test_rebuilt_container_has_its_class_and_the_new_leaves_in_order(
    make: Callable[[], object], paths: list[str]
) -> None:
    container, number = make(), count()
    again = rebuild(container, lambda leaf: torch.full_like(as_tensor(leaf), next(number)))
    assert type(again) is type(container)
    assert [path for path, _ in leaves(again)] == paths
    assert [leaf.unique().item() for leaf in tensors(again)] == list(range(len(paths)))
    assert [leaf.shape for leaf in tensors(again)] == [leaf.shape for leaf in tensors(container)]


@each
def test_the_container_given_is_left_as_it_was(
    make: Callable[[], object], paths: list[str]
) -> None:
    container = make()
    before = [(id(leaf), leaf.tolist()) for leaf in tensors(container)]
    rebuild(container, lambda leaf: torch.ones_like(as_tensor(leaf)))
    assert [(id(leaf), leaf.tolist()) for leaf in tensors(container)] == before
    assert len(before) == len(paths)


@each
def test_gradients_reach_the_new_leaves(make: Callable[[], object], paths: list[str]) -> None:
    container = make()
    new = [torch.rand_like(leaf).requires_grad_() for leaf in tensors(container)]
    remaining = iter(new)
    again = tensors(rebuild(container, lambda leaf: next(remaining) * 1))
    total = sum((leaf.sum() for leaf in again), torch.zeros((), requires_grad=True))
    found = torch.autograd.grad(total, new) if new else ()
    assert [grad.unique().tolist() for grad in found] == [[1.0]] * len(paths)


def as_tensor(leaf: object) -> Tensor:
    assert isinstance(leaf, Tensor)
    return leaf


def test_attributes_that_hold_no_tensor_are_kept() -> None:
    again = rebuild(Plain(), lambda leaf: leaf)
    assert isinstance(again, Plain)
    assert (again.size, len(again.layers)) == (3, 2)


def test_none_and_numbers_are_leaves_of_their_own() -> None:
    container = [None, 3, "relu", torch.float32, {"b": None}, {1, 2}, range(3)]
    assert [path for path, _ in leaves(container)] == [
        *(f"[{index}]" for index in range(4)),
        "[4]['b']",
        "[5]",
        "[6]",
    ]
    assert rebuild(container, lambda leaf: leaf) == container
    assert leaves(None) == [("", None)]


def contains_itself(container: Any) -> object:
    (container.append if isinstance(container, list) else container.update)(
        [container] if isinstance(container, list) else {"again": container}
    )
    return container


def object_in_a_circle() -> object:
    holder = SimpleNamespace(W=z())
    holder.me = holder
    return holder


def nested(depth: int) -> object:
    container: object = z()
    for _ in range(depth):
        container = [container]
    return container


@pytest.mark.parametrize(
    "make",
    [
        lambda: contains_itself([]),
        lambda: contains_itself({}),
        lambda: nested(60),
        lambda: nested(100_000),
        lambda: [0] * (MAX_LEAVES + 1),
        object_in_a_circle,
    ],
)
def test_what_has_no_end_is_refused(make: Callable[[], object]) -> None:
    container = make()
    with pytest.raises(TooManyLeaves):
        leaves(container)


def test_as_much_as_is_allowed_is_listed() -> None:
    assert len(leaves([0] * MAX_LEAVES)) == MAX_LEAVES
    assert [path for path, _ in leaves(nested(50))] == ["[0]" * 50]


def test_objects_inside_of_objects_take_no_exponential_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls = count()
    plain = containers._attributes
    monkeypatch.setattr(containers, "_attributes", lambda node: (next(calls), plain(node))[1])
    holder = SimpleNamespace(W=z())
    for _ in range(9):
        holder = SimpleNamespace(inner=holder)
    assert len(leaves(holder)) == 1
    assert next(calls) < 200


def test_a_dataclass_with_slots_is_taken_apart() -> None:
    assert [path for path, _ in leaves([Slotted(z())])] == ["[0].W"]


def test_the_values_of_a_dict_are_rebuilt_as_something_in_their_order() -> None:
    again = rebuild({"a": z(), "b": z(2)}.values(), lambda leaf: leaf)
    assert [tuple(leaf.shape) for leaf in again] == [(1,), (2,)]  # type: ignore[attr-defined]


def test_a_parameter_under_two_names_is_replaced_under_both() -> None:
    shared = nn.Parameter(z())
    again = rebuild(
        nn.ParameterList([shared, shared]), lambda leaf: torch.ones_like(as_tensor(leaf))
    )
    assert isinstance(again, nn.ParameterList)
    assert [parameter.item() for parameter in again] == [1.0, 1.0]


def test_an_array_of_numbers_is_one_leaf() -> None:
    numbers = np.arange(6.0).reshape(2, 3)
    held = {"W": torch.ones(2), "sizes": numbers}
    assert [path for path, _ in leaves(held)] == ["['W']", "['sizes']"]
    again: Any = rebuild(held, lambda leaf: torch.zeros(2) if isinstance(leaf, Tensor) else leaf)
    assert again["sizes"] is numbers
    assert not again["W"].any()


def test_an_array_of_objects_is_built_again() -> None:
    held = np.empty((2, 2), dtype=object)
    for place in np.ndindex(2, 2):
        held[place] = torch.full((3,), float(sum(place)))
    assert [path for path, _ in leaves(held)] == ["[0][0]", "[0][1]", "[1][0]", "[1][1]"]
    again: Any = rebuild(held, lambda leaf: leaf + 1 if isinstance(leaf, Tensor) else leaf)
    assert again.shape == (2, 2)
    assert [one[0].item() for one in again.ravel()] == [1, 2, 2, 3]
    assert held[0, 0][0].item() == 0
