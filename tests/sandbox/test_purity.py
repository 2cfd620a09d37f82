"""What a call changes besides giving an answer is seen, by whatever road it is changed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy
import pytest
import torch
from asking import call, loaded, torch_left_as_it_was, with_line
from torch import Tensor

from pytest_deeprnn.sandbox.host.host import Host
from pytest_deeprnn.sandbox.host.side_effects import Before
from pytest_deeprnn.sandbox.protocol.messages import Observe, Observed, Raised, Ran


@pytest.fixture(autouse=True)
def _kept() -> Iterator[None]:
    """What these tests change is put back."""
    python, numbers = random.getstate(), numpy.random.get_state()
    with torch_left_as_it_was():
        yield
    random.setstate(python)
    numpy.random.set_state(numbers)


@dataclass
class Cell:
    """A learner's own container."""

    W: Tensor
    n: int = 3


@pytest.fixture
def held() -> dict[str, Any]:
    """The arguments of a call."""
    return {
        "inputs": torch.ones(2, 2),
        "state": [torch.zeros(2), (torch.ones(2), torch.ones(2))],
        "params": {"W": torch.ones(2, 2).requires_grad_(), "cell": Cell(torch.ones(3)), "n": 2},
    }


Change = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (lambda held: held["inputs"].add_(1), "inputs"),
        (lambda held: held["inputs"].__setitem__((0, 1), 7.0), "inputs"),
        (lambda held: held["inputs"].T[1].zero_(), "inputs"),
        (lambda held: held["inputs"].resize_(1, 2), "inputs"),
        (lambda held: torch.add(held["inputs"], 1, out=held["inputs"]), "inputs"),
        (lambda held: held["state"][0].fill_(0.5), "state[0]"),
        (lambda held: held["state"][1][1].numpy().fill(3), "state[1][1]"),
        (lambda held: held["params"]["W"].data.mul_(2), "params['W']"),
        (lambda held: setattr(held["params"]["W"], "data", torch.zeros(2, 2)), "params['W']"),
        (lambda held: held["params"]["W"].detach().zero_(), "params['W']"),
        (lambda held: held["params"]["cell"].W.copy_(torch.zeros(3)), "params['cell'].W"),
        (lambda held: held["state"][0].fill_(float("nan")), "state[0]"),
    ],
)
def test_writing_into_a_tensor_is_seen(held: dict[str, Any], change: Change, name: str) -> None:
    before = Before(held)
    change(held)
    assert (before.changed(), before.replaced(), before.settings()) == ((name,), (), ())


def test_two_names_of_one_memory_are_both_changed() -> None:
    one = torch.zeros(2)
    held = {"state": [one, one[:1]]}
    before = Before(held)
    one.add_(1)
    assert before.changed() == ("state[0]", "state[1]")


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (lambda held: held["state"].__setitem__(0, torch.ones(2)), "state"),
        (lambda held: held["state"].__setitem__(0, held["state"][0].clone()), "state"),
        (lambda held: held["state"].append(torch.ones(2)), "state"),
        (lambda held: held["state"].pop(), "state"),
        (lambda held: held["state"].reverse(), "state"),
        (lambda held: held["params"].__setitem__("W", torch.ones(2, 2)), "params"),
        (lambda held: held["params"].update(more=torch.ones(1)), "params"),
        (lambda held: held["params"].clear(), "params"),
        (lambda held: setattr(held["params"]["cell"], "W", torch.ones(3)), "params"),
    ],
)
def test_another_entry_in_a_container_is_seen(
    held: dict[str, Any], change: Change, name: str
) -> None:
    before = Before(held)
    change(held)
    assert (before.changed(), before.replaced()) == ((), (name,))


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (lambda: torch.rand(1), "torch's random generator"),
        (lambda: torch.nn.functional.dropout(torch.ones(9)), "torch's random generator"),
        (lambda: torch.manual_seed(12345), "torch's random generator"),
        (lambda: random.random(), "Python's random generator"),
        (lambda: random.shuffle([1, 2, 3]), "Python's random generator"),
        (lambda: numpy.random.rand(), "numpy's random generator"),
        (lambda: numpy.random.seed(12345), "numpy's random generator"),
        (lambda: torch.set_default_dtype(torch.float16), "torch's default dtype"),
        (lambda: torch.set_grad_enabled(False), "torch's gradient mode"),
    ],
)
def test_a_setting_that_all_code_shares_is_seen(
    held: dict[str, Any], change: Callable[[], object], name: str
) -> None:
    before = Before(held)
    change()
    assert (before.changed(), before.replaced(), before.settings()) == ((), (), (name,))


@pytest.mark.parametrize(
    "work",
    [
        lambda held: torch.tanh(held["inputs"] @ held["params"]["W"]),
        lambda held: held["inputs"].clone().add_(1),
        lambda held: list(held["state"]).append(1),
        lambda held: {**held["params"], "more": 1},
        lambda held: torch.rand(3, generator=torch.Generator().manual_seed(1)),
        lambda held: random.Random(1).random(),
        lambda held: numpy.random.default_rng(1).random(),
        lambda held: torch.no_grad()(torch.sum)(held["inputs"]),
        lambda held: held["params"]["W"].sum().backward(),
        lambda held: held["params"]["W"].numpy(force=True).copy().fill(3),
        lambda held: held["inputs"].add_(1).sub_(1),
    ],
)
def test_a_call_that_leaves_all_as_it_was_is_clean(held: dict[str, Any], work: Change) -> None:
    before = Before(held)
    work(held)
    assert (before.changed(), before.replaced(), before.settings()) == ((), (), ())


def observed(host: Host, line: str) -> Observed:
    reply = loaded(host, with_line(line)).answer(Observe(call=call()))
    assert isinstance(reply, Observed)
    return reply


@pytest.mark.parametrize(
    ("line", "changed", "replaced", "settings"),
    [
        ("H = H + 1", (), (), ()),
        ("inputs += 1", ("inputs",), (), ()),
        ("inputs = inputs + 1", (), (), ()),
        ("params['b'].data.zero_()", ("params['b']",), (), ()),
        ("state[0] += 1", ("state[0]",), (), ()),
        ("state[0] = H", (), ("state",), ()),
        ("state = [H]", (), (), ()),
        ("state[0][:] = H", ("state[0]",), (), ()),
        ("H = H + torch.randn_like(H)", (), (), ("torch's random generator",)),
        ("torch.set_default_dtype(torch.float32)", (), (), ()),
        ("torch.set_default_dtype(torch.float16)", (), (), ("torch's default dtype",)),
        ("torch.autograd.set_grad_enabled(False)", (), (), ("torch's gradient mode",)),
        ("torch.manual_seed(0); inputs.zero_()", ("inputs",), (), ("torch's random generator",)),
    ],
)
def test_a_forward_call_tells_what_it_changed(
    host: Host,
    line: str,
    changed: tuple[str, ...],
    replaced: tuple[str, ...],
    settings: tuple[str, ...],
) -> None:
    found = observed(host, line)
    assert (found.changed, found.replaced, found.settings) == (changed, replaced, settings)


def test_what_an_observed_call_changed_is_not_left_for_the_next(host: Host) -> None:
    clean = loaded(host, with_line("pass")).answer(call())
    observed(host, "state[0] += 1; params['b'].data.add_(9); torch.set_default_dtype(torch.half)")
    loaded(host, with_line("pass"))
    again = host.answer(call())
    assert isinstance(clean, Ran)
    assert isinstance(again, Ran)
    assert again.outputs == clean.outputs


def test_what_is_raised_is_told(host: Host) -> None:
    reply = loaded(host, with_line("raise KeyError('mine')")).answer(Observe(call=call()))
    assert isinstance(reply, Raised)
    assert (reply.type, [frame.line for frame in reply.frames]) == ("KeyError", [7])
