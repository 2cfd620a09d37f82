"""A worker that runs nothing and answers what could be true: right shapes, numbers of its own."""

from __future__ import annotations

import math
import random
import struct

import torch

from pytest_deeprnn.sandbox.protocol.messages import (
    Array,
    Differentiated,
    Forward,
    Jacobian,
    Leaf,
    Load,
    Loaded,
    Made,
    Make,
    Observe,
    Observed,
    Ran,
    Record,
    Recorded,
    Reply,
    Request,
    Settle,
    Settled,
    Watched,
)
from pytest_deeprnn.sandbox.tensors import pack

_SHAPES = ((), (1,), (3,), (5,), (3, 3), (5, 3), (3, 5), (1, 3), (6, 3), (2, 1, 3), (0, 3))


def pretended(request: Request, dice: random.Random) -> Reply:
    """An answer of the right kind in which every length is right."""
    match request:
        case Load():
            return Loaded(defined=request.needed, failures=())
        case Make():
            return _made(request.handle, dice)
        case Forward():
            return _ran(request, dice)
        case Jacobian():
            return _differentiated(request.call, dice)
        case Observe():
            return Observed(changed=(), where=None, replaced=(), kept=(), again="", settings=())
        case Settle():
            return Settled(params=(), state=(), outputs=(), stopped=None, synchronised=False)
        case Record():
            given = (*request.call.params_values, *(request.call.state_values or ()))
            names = tuple("" for _ in given)
            return Recorded(steps=(), params=(), state=(), names=names, outputs=(), new=())
        case _:
            return Watched(delegations=())


def _leaf(number: int, shape: tuple[int, ...], dice: random.Random) -> Leaf:
    count = math.prod(shape)
    scale = dice.choice((0.0, 0.01, 1.0, 1.0))
    data = struct.pack(f"{count}d", *(scale * dice.gauss(0, 1) for _ in range(count)))
    return Leaf(
        path=f"[{number}]",
        kind="tensor",
        shape=shape,
        dtype="float64",
        device="cpu",
        tensor=number,
        address=dice.choice((0, 8, 1 << 20)),
        strides=tuple(dice.choice((0, 1, 3, 1 << 20)) for _ in shape),
        requires_grad=True,
        data=data,
    )


def _made(handle: str, dice: random.Random) -> Made:
    """The same for the same sizes, as long as the worker lives."""
    own = random.Random(f"{handle.partition('/')[0]} {dice.getstate()[0]}")
    count = own.choice((0, 1, 2, 5, 11, 30)) if "params" in handle else own.choice((0, 1, 2, 4))
    leaves = tuple(_leaf(number, own.choice(_SHAPES), own) for number in range(count))
    return Made(container="list", leaves=leaves)


def _ran(call: Forward, dice: random.Random) -> Ran:
    steps, batch, vocab = call.inputs.shape
    outputs = _leaf(0, (steps * batch, vocab), dice)
    state = tuple(
        _leaf(number, array.shape, dice) for number, array in enumerate(call.state_values or ())
    )
    asked = call.cotangent is not None
    gradients = tuple(_zeros(array) for array in call.params_values) if asked else None
    return Ran(
        values=2,
        outputs_container="Tensor",
        outputs=(outputs,),
        state_container="tuple",
        state=state,
        gradients=gradients,
        gradient_error=None,
    )


def _zeros(array: Array) -> Array:
    return pack(torch.zeros(array.shape, dtype=torch.float64))


def _differentiated(call: Forward, dice: random.Random) -> Differentiated:
    """A Jacobian with a pattern, and the slope that belongs to it."""
    ran = _ran(call, dice)
    rows = sum(math.prod(leaf.shape) for leaf in (*ran.outputs, *ran.state))
    given = (*call.params_values, *(call.state_values or ()))
    columns = sum(math.prod(array.shape) for array in given)
    matrix = _patterned(rows, columns, dice)
    direction = torch.cos(torch.arange(1, columns + 1, dtype=torch.float64))
    return Differentiated(
        ran=ran,
        rows=rows,
        columns=columns,
        data=pack(matrix).data,
        slope=pack(matrix @ direction).data,
    )


def _patterned(rows: int, columns: int, dice: random.Random) -> torch.Tensor:
    """Random, sparse, of low rank, with equal columns, nearly equal ones, or sums of others."""
    generator = torch.Generator().manual_seed(dice.randrange(2**31))
    matrix = torch.randn(rows, columns, generator=generator, dtype=torch.float64)
    match dice.randrange(7):
        case 0:
            matrix = (matrix > 1.5).double()
        case 1:
            matrix = matrix[:, :1] * torch.arange(1.0, columns + 1, dtype=torch.float64)
        case 2:
            matrix = matrix[:, :1].expand(rows, columns).clone()
        case 3:
            matrix = matrix[:, :1] * (1 + 1e-8 * matrix.abs())
        case 4:
            matrix = matrix.cumsum(1)
        case 5:
            matrix = torch.zeros(rows, columns, dtype=torch.float64)
            matrix[:5, :5] = torch.eye(5, dtype=torch.float64)[:rows, :columns]
    return matrix
