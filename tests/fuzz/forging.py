"""Replies as a hostile worker would write them: an honest one's with changes, or made up."""

from __future__ import annotations

import math
import random
import struct
from collections.abc import Callable
from typing import Any

import msgspec
from msgspec import inspect

from pytest_deeprnn.sandbox.protocol.messages import Reply

_INTS = (-(2**63), -(2**31), -2, -1, 0, 1, 2, 3, 7, 19_999, 2**31, 2**31 + 1, 2**63 - 1)
_FLOATS = (0.0, -0.0, 1.0, -1.0, 0.5, 1e-300, 1e300, -1e308, math.inf, -math.inf, math.nan)
_TEXTS = (
    "",
    "x",
    "float64",
    "float32",
    "int64",
    "tensor",
    "student.py",
    "\0",
    "<b>'\"\n",
    "é" * 400,
)
_SHAPES: tuple[list[int], ...] = (
    [],
    [0],
    [1],
    [3],
    [5, 3],
    [3, 5],
    [1, 3],
    [2, 3],
    [0, 2**31],
    [1] * 16,
    [1] * 17,
)


def changed(reply: Reply, dice: random.Random) -> object:
    """A reply as plain data with one thing changed somewhere in it."""
    data = msgspec.to_builtins(reply, builtin_types=(bytes,))
    leaves = list(_dicts_with(data, "data"))
    if leaves and dice.random() < 0.6:
        _change_numbers(dice.choice(leaves), dice)
    else:
        _change_field(data, dice)
    return data


def all_changed(reply: Reply, dice: random.Random) -> object:
    """A reply whose numbers are all others, each of the right size."""
    data = msgspec.to_builtins(reply, builtin_types=(bytes,))
    for holder in _dicts_with(data, "data"):
        holder["data"] = _numbers(len(holder["data"]) // 8, dice)
    return data


def made_up(kind: type, dice: random.Random) -> object:
    """A reply of this kind that keeps to its types and bounds, with whatever in it."""
    return _made_up(inspect.type_info(kind), dice, 0)


def spoilt(body: bytes, dice: random.Random) -> bytes:
    """A frame with bytes changed, cut or put in."""
    spoilt = bytearray(body)
    for _ in range(dice.choice((0, 1, 3, 20))):
        if spoilt:
            spoilt[dice.randrange(len(spoilt))] = dice.randrange(256)
    start = dice.randrange(len(spoilt) + 1)
    match dice.randrange(3):
        case 0:
            del spoilt[start:]
        case 1:
            spoilt[start:start] = dice.randbytes(dice.randrange(50))
        case _:
            del spoilt[start : start + dice.randrange(10)]
    return bytes(spoilt)


def _dicts_with(data: object, key: str) -> list[dict[str, Any]]:
    """All parts of plain data that hold bytes under a key."""
    found: list[dict[str, Any]] = []
    if isinstance(data, dict):
        if isinstance(data.get(key), bytes):
            found.append(data)
        for value in data.values():
            found += _dicts_with(value, key)
    elif isinstance(data, list | tuple):
        for value in data:
            found += _dicts_with(value, key)
    return found


def _numbers(count: int, dice: random.Random) -> bytes:
    """So many numbers that are random, sparse, all equal, tiny, huge or none at all."""
    few = [dice.gauss(0, 1) for _ in range(dice.choice((1, 2, 5)))]
    draws: list[Callable[[], float]] = [
        lambda: dice.gauss(0, 1),
        lambda: dice.choice((0.0, 0.0, 0.0, 1.0)),
        lambda: dice.choice(few),
        lambda: few[0] * (1 + 1e-9 * dice.random()),
        lambda: 10.0 ** dice.randint(-300, 300),
        lambda: dice.choice(_FLOATS),
        lambda: 0.0,
    ]
    draw = dice.choice(draws)
    return struct.pack(f"{count}d", *(draw() for _ in range(count)))


def _change_numbers(holder: dict[str, Any], dice: random.Random) -> None:
    """Other numbers, another shape with numbers to fill it, or bytes that do not fit."""
    data = holder["data"]
    match dice.randrange(4):
        case 0:
            holder["data"] = _numbers(len(data) // 8, dice)
        case 1 if "shape" in holder:
            shape = dice.choice([*_SHAPES, list(holder["shape"])[::-1], [2, *holder["shape"]]])
            count = math.prod(shape)
            holder["shape"] = shape
            holder["data"] = _numbers(count, dice) if count < 10**6 else b""
        case 2:
            place = dice.randrange(len(data) // 8 + 1) * 8
            holder["data"] = (
                data[:place] + struct.pack("d", dice.choice(_FLOATS)) + data[place + 8 :]
            )
        case _:
            holder["data"] = data[: dice.randrange(len(data) + 1)]


def _change_field(data: object, dice: random.Random) -> None:
    """Go down at random, and change what lies there."""
    keys: list[Any] = []
    if isinstance(data, dict):
        keys = [key for key in data if key != "message_type"]
    elif isinstance(data, list):
        keys = list(range(len(data)))
    if not keys:
        return
    assert isinstance(data, dict | list)
    key = dice.choice(keys)
    value = data[key]
    if isinstance(value, dict | list) and value and dice.random() < 0.75:
        _change_field(value, dice)
    else:
        data[key] = _other(value, dice)


def _other(value: object, dice: random.Random) -> object:
    """Something else of the same type, or of none that fits."""
    if isinstance(value, list) and value:
        one = dice.choice(value)
        return dice.choice(([], value[1:], value[:-1], [*value, one], value[::-1], value * 3))
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return dice.choice((*_INTS, value + 1, value - 1))
    if isinstance(value, float):
        return dice.choice(_FLOATS)
    if isinstance(value, str):
        return dice.choice((*_TEXTS, value + "x", value * 50))
    return dice.choice((None, [], {}, 0, "", b"", True, [0], -1))


def _made_up(kind: inspect.Type, dice: random.Random, depth: int) -> Any:
    match kind:
        case inspect.StructType(cls=cls, fields=fields, tag_field=tag_field, tag=tag):
            made = {field.name: _made_up(field.type, dice, depth + 1) for field in fields}
            return {str(tag_field): tag or cls.__name__, **made}
        case inspect.UnionType(types=types):
            return _made_up(dice.choice(types), dice, depth)
        case inspect.VarTupleType(item_type=item, max_length=most):
            length = min(dice.choice((0, 1, 1, 2, 3, 5, 20 if depth < 3 else 2)), most or 20)
            return [_made_up(item, dice, depth + 1) for _ in range(length)]
        case inspect.IntType(ge=least, le=most):
            low, high = int(least or 0), int(most or 100)
            return dice.choice((low, high, *(dice.randint(low, min(high, n)) for n in (3, 50))))
        case inspect.StrType(max_length=most):
            return dice.choice(_TEXTS)[: most or 100]
        case inspect.LiteralType(values=values):
            return dice.choice(values)
        case inspect.FloatType():
            return dice.choice((*_FLOATS, dice.gauss(0, 1)))
        case inspect.BytesType():
            return _numbers(dice.choice((0, 1, 3, 15)), dice)
        case inspect.BoolType():
            return dice.random() < 0.5
    return None
