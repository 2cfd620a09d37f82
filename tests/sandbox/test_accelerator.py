"""The stand-in accelerator refuses what CUDA refuses for tensors on two devices, and no more."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import torch
from asking import CALL, X, loaded
from torch import Tensor
from torch.nn import functional

from pytest_deeprnn.sandbox.host.fake_device import DEVICE, Mixed, StandIn
from pytest_deeprnn.sandbox.host.host import Host
from pytest_deeprnn.sandbox.protocol.messages import Argument, Device, Invocation, Settle, Settled
from pytest_deeprnn.sandbox.tensors import pack

Work = Callable[[Tensor, Tensor], object]

#: `a` is (2, 2) on the accelerator, `c` (2, 2) on the CPU.
REFUSED: dict[str, Work] = {
    "mm": lambda a, c: torch.mm(a, c),
    "mm, the other way": lambda a, c: torch.mm(c, a),
    "matmul": lambda a, c: a @ c,
    "matmul with a vector": lambda a, c: a @ c[0],
    "bmm": lambda a, c: torch.bmm(a[None], c[None]),
    "matmul of three axes": lambda a, c: a[None] @ c,
    "addmm": lambda a, c: torch.addmm(c, a, a),
    "linear": lambda a, c: functional.linear(a, c),
    "linear with a bias": lambda a, c: functional.linear(a, a, c[0]),
    "einsum": lambda a, c: torch.einsum("bi,ij->bj", a, c),
    "tensordot": lambda a, c: torch.tensordot(a, c, 1),
    "add": lambda a, c: a + c,
    "add of a row": lambda a, c: a + c[0],
    "add_": lambda a, c: a.add_(c),
    "sub": lambda a, c: c - a,
    "mul": lambda a, c: a * c,
    "mul_": lambda a, c: a.mul_(c),
    "div": lambda a, c: a / c,
    "compare": lambda a, c: a > c,
    "maximum": lambda a, c: torch.maximum(a, c),
    "lerp": lambda a, c: torch.lerp(a, a, c),
    "cat": lambda a, c: torch.cat([a, c]),
    "stack": lambda a, c: torch.stack([a, c]),
    "where": lambda a, c: torch.where(a > 0, a, c),
    "where with a mask of the CPU": lambda a, c: torch.where(c > 0, a, a),
    "masked_fill": lambda a, c: a.masked_fill(c > 0, 0.0),
    "embedding": lambda a, c: functional.embedding(torch.tensor([0, 1]), a),
    "gather": lambda a, c: a.gather(1, torch.tensor([[0], [1]])),
    "index_select": lambda a, c: a.index_select(0, torch.tensor([1])),
    "index of the accelerator into the CPU": lambda a, c: c[a.long()[0]],
    "written into the CPU where it says": lambda a, c: c.__setitem__(a.long()[0], 0.0),
    "a number of the accelerator and the CPU": lambda a, c: c * a[0, 0],
    "numbers of both in one stack": lambda a, c: torch.stack([a[0, 0], c[0, 0]]),
    "out": lambda a, c: torch.add(a, a, out=c),
    "outer": lambda a, c: torch.outer(a[0], c[0]),
    "a value that is indexed into": lambda a, c: a.__setitem__(torch.tensor([0, 1]), c),
}

ALLOWED: dict[str, Work] = {
    "mm": lambda a, c: torch.mm(a, a),
    "the CPU alone": lambda a, c: c @ c + c,
    "copy_": lambda a, c: a.copy_(c),
    "a row of the CPU is written": lambda a, c: a.__setitem__(0, c[0]),
    "a slice of the CPU is written": lambda a, c: a.__setitem__(slice(None), c),
    "an index of the CPU": lambda a, c: a[torch.tensor([0, 1])],
    "a mask of the CPU": lambda a, c: a.__setitem__(c > 0, 0.0),
    "written where an index of the CPU says": lambda a, c: a.__setitem__(torch.tensor([1]), a[:1]),
    "a number of the CPU": lambda a, c: a * torch.tensor(2.0),
    "a number of the CPU is added in place": lambda a, c: a.add_(c[0, 0]),
    "a number of the CPU first": lambda a, c: torch.tensor(1.0) - a,
    "a number where": lambda a, c: torch.where(a > 0, a, torch.tensor(0.0)),
    "to": lambda a, c: a @ c.to(DEVICE),
    "to another's device": lambda a, c: a @ c.to(a.device),
    "to another": lambda a, c: a @ c.to(a),
    "zeros_like": lambda a, c: a + torch.zeros_like(c, device=a.device),
    "new_zeros": lambda a, c: torch.cat([a, a.new_zeros(1, 2)]),
    "a list becomes a tensor": lambda a, c: a + torch.tensor([1.0, 2.0], device=DEVICE),
    "random numbers": lambda a, c: a * torch.randn(2, 2, device=DEVICE),
    "one_hot": lambda a, c: functional.one_hot(torch.tensor([0, 1]), 2).to(DEVICE) * a,
    "shapes": lambda a, c: a.reshape(4).unflatten(0, (2, 2)).T.contiguous(),
    "chunks": lambda a, c: torch.stack([part.tanh() for part in a.chunk(2)]),
}


@pytest.fixture
def stand_in() -> Iterator[StandIn]:
    with StandIn(set()) as mode:
        yield mode


@pytest.fixture
def there(stand_in: StandIn) -> Tensor:
    """A tensor on the accelerator."""
    return torch.zeros(2, 2, device=DEVICE)


@pytest.mark.parametrize("name", REFUSED)
def test_tensors_of_two_devices_are_refused(stand_in: StandIn, there: Tensor, name: str) -> None:
    with pytest.raises(RuntimeError):
        REFUSED[name](there, torch.ones(2, 2))
    assert stand_in.mixed


def test_the_operation_is_named(stand_in: StandIn, there: Tensor) -> None:
    with pytest.raises(Mixed, match="mm is given tensors on the CPU and on the accelerator"):
        there @ torch.ones(2, 2)


@pytest.mark.parametrize("name", ALLOWED)
def test_what_cuda_lets_pass_is_let_pass(stand_in: StandIn, there: Tensor, name: str) -> None:
    ALLOWED[name](there, torch.ones(2, 2))
    assert not stand_in.mixed
    assert not stand_in.synchronised


def test_gradients_are_taken_there(stand_in: StandIn) -> None:
    leaf = torch.zeros(2, 2, device=DEVICE, requires_grad=True)
    (leaf @ leaf).tanh().sum().backward()
    assert leaf.grad is not None
    assert leaf.grad.device.type == DEVICE
    assert not stand_in.mixed


@pytest.mark.parametrize(
    "read",
    [
        lambda a: a[0, 0].item(),
        lambda a: float(a[0, 0]),
        lambda a: bool((a == 0).all()),
        lambda a: [0, 1, 2][a.long()[0, 0]],
        lambda a: a.cpu(),
        lambda a: a.to("cpu"),
        lambda a: torch.ones(2, 2).copy_(a),
        lambda a: a.tolist(),
        lambda a: a.cpu().numpy(),
    ],
    ids=["item", "float", "bool", "index", "cpu", "to", "copy_", "tolist", "numpy"],
)
def test_reading_numbers_back_is_noted_and_works(
    stand_in: StandIn, there: Tensor, read: Callable[[Tensor], object]
) -> None:
    read(there)
    assert stand_in.synchronised
    assert not stand_in.mixed


def test_what_is_read_back_has_its_dtype_and_shape(stand_in: StandIn, there: Tensor) -> None:
    back = there.double().cpu()
    assert (back.device.type, back.dtype, back.shape) == ("cpu", torch.float64, (2, 2))
    assert isinstance(there.long()[0, 0].item(), int)
    assert isinstance(there[0, 0].item(), float)


def test_afterwards_tensors_are_computed_as_ever() -> None:
    with StandIn(set()):
        pass
    assert (torch.eye(2) @ torch.tensor([[1.0, 2.0], [3.0, 4.0]])).tolist() == [[1, 2], [3, 4]]


SETTLED = """
import torch
def get_params(device):
    return [torch.zeros(2, 3, device=device), {"b": torch.zeros(3, device=MAKE)}]
def init_state(device): return torch.zeros(1, 3, device=BEGIN)
def forward(inputs, state, params):
    H = torch.tanh(inputs[0] @ params[0] + params[1]["b"] + state)
    return GIVE, H
"""


def settled(host: Host, make: str = "device", begin: str = "device", give: str = "H") -> Settled:
    """Run the three functions with these places changed."""
    text = SETTLED.replace("MAKE", make).replace("BEGIN", begin).replace("GIVE", give)
    on_it: dict[str, Argument] = {"device": Device(name=DEVICE)}
    reply = loaded(host, text).answer(
        Settle(
            get_params=Invocation(function="get_params", args=(), kwargs=on_it),
            init_state=Invocation(function="init_state", args=(), kwargs=on_it),
            forward=CALL,
            inputs=pack(X),
        )
    )
    assert isinstance(reply, Settled)
    return reply


def devices(found: Settled) -> list[list[tuple[str, str]]]:
    spots = (found.params, found.state, found.outputs)
    return [[(spot.path, spot.device) for spot in some] for some in spots]


def test_a_run_tells_where_every_tensor_is(host: Host) -> None:
    found = settled(host)
    params = [("[0]", DEVICE), ("[1]['b']", DEVICE)]
    assert devices(found) == [params, [("", DEVICE)], [("[0]", DEVICE), ("[1]", DEVICE)]]
    assert (found.stopped, found.synchronised) == (None, False)


def test_a_parameter_left_on_the_cpu_stops_the_run_where_it_meets(host: Host) -> None:
    found = settled(host, make="'cpu'")
    assert devices(found)[0] == [("[0]", DEVICE), ("[1]['b']", "cpu")]
    assert found.stopped is not None
    assert (found.stopped.role, found.stopped.mixed) == ("forward", True)
    assert [frame.line for frame in found.stopped.raised.frames] == [7]


def test_a_state_left_on_the_cpu_is_told(host: Host) -> None:
    found = settled(host, begin="None")
    assert devices(found)[1] == [("", "cpu")]
    assert found.stopped is not None
    assert found.stopped.mixed


def test_outputs_that_are_brought_back_are_told(host: Host) -> None:
    found = settled(host, give="H.cpu()")
    assert devices(found)[2] == [("[0]", "cpu"), ("[1]", DEVICE)]
    assert found.synchronised


def test_an_exception_of_another_kind_is_no_mixture(host: Host) -> None:
    found = settled(host, begin="1 / 0")
    assert found.stopped is not None
    assert (found.stopped.role, found.stopped.mixed) == ("init_state", False)
    assert found.stopped.raised.type == "ZeroDivisionError"
    assert devices(found)[2] == []
