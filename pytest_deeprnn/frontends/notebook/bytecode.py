"""Compares what two code objects do, wherever they stand and however they were compiled."""

from __future__ import annotations

import dis
import inspect
import re
import types
from collections.abc import Iterator

_JUMPS = frozenset((*dis.hasjrel, *dis.hasjabs))
#: They compute nothing: a compiler leaves some behind, a profiler adds some to tell lines apart,
#: and `torch.zeros(…)` is called in another way where the same compilation has seen the import.
_IDLE = ("NOP", "RESUME", "CACHE", "PRECALL", "EXTENDED_ARG", "PUSH_NULL")
_SAME = {"LOAD_METHOD": "LOAD_ATTR"}
_GLOBAL_NAMES = ("LOAD_GLOBAL", "LOAD_NAME")
_SIGNATURE = inspect.CO_VARARGS | inspect.CO_VARKEYWORDS | inspect.CO_GENERATOR
#: `from __future__ import annotations`, which a notebook's cell takes from an earlier one.
_ANNOTATIONS = 0x1000000
#: What marimo puts before a name that belongs to one cell.
_OF_CELL = re.compile(r"^_cell_[^_]+(?=_)")


def alike(one: types.CodeType, other: types.CodeType) -> bool:
    """Tell whether two codes do the same.

    Code that pytest, IPython or a future import has compiled in another way than the text says is
    only asked whether it reads the same names.
    """
    deferred = one.co_flags & _ANNOTATIONS != other.co_flags & _ANNOTATIONS
    if _is_rewritten(one) or (deferred and _annotates(one)):
        names, others = _all_names(one), _all_names(other)
        return names <= others or others <= names
    return _essence(one) == _essence(other)


def global_names(code: types.CodeType) -> list[str]:
    """The names that code reads at module level, those of its inner functions too, in order."""
    own = [step.argval for step in dis.get_instructions(code) if step.opname in _GLOBAL_NAMES]
    inner = (name for one in _inner(code) for name in global_names(one))
    return list(dict.fromkeys([*own, *inner]))


def attribute_names(code: types.CodeType) -> set[str]:
    """All names that code looks up anywhere, those of its inner functions too."""
    return set(code.co_names).union(*(attribute_names(one) for one in _inner(code)))


def rebinds(code: types.CodeType, name: str) -> bool:
    """Tell whether code, or a function in it, gives a name of an outer function another value."""
    stores = (step for step in dis.get_instructions(code) if step.opname == "STORE_DEREF")
    return any(step.argval == name for step in stores) or any(
        rebinds(one, name) for one in _inner(code)
    )


def _inner(code: types.CodeType) -> Iterator[types.CodeType]:
    return (one for one in code.co_consts if isinstance(one, types.CodeType))


def _is_rewritten(code: types.CodeType) -> bool:
    """Tell code whose asserts pytest rewrote, or whose magics IPython did."""
    rewritten = "get_ipython" in code.co_names or any("@" in one for one in code.co_varnames)
    return rewritten or any(map(_is_rewritten, _inner(code)))


def _annotates(code: types.CodeType) -> bool:
    """Tell code that makes a function with annotations, from their values or from their text."""
    marks = {"MAKE_FUNCTION": 4, "SET_FUNCTION_ATTRIBUTE": 4 | 16}
    steps = dis.get_instructions(code)
    return any((step.arg or 0) & marks.get(step.opname, 0) for step in steps) or any(
        map(_annotates, _inner(code))
    )


def _all_names(code: types.CodeType) -> set[str]:
    own = {plain(name) for name in (*code.co_names, *code.co_varnames)}
    return own.union(*(_all_names(one) for one in _inner(code)))


def plain(name: str) -> str:
    """A name as it was written, without what tells one cell's from another's."""
    return _OF_CELL.sub("", name)


def _essence(code: types.CodeType) -> tuple[object, ...]:
    """What a call takes and does, step by step; jumps by the step to which they lead."""
    steps = [one for one in dis.get_instructions(code) if one.opname not in _IDLE]
    places = [one.offset for one in steps]
    counts = code.co_argcount, code.co_posonlyargcount, code.co_kwonlyargcount
    arguments = code.co_varnames[: sum(counts)], code.co_flags & _SIGNATURE
    return (
        counts,
        arguments,
        tuple((_SAME.get(one.opname, one.opname), _argument(one, places)) for one in steps),
    )


def _argument(step: dis.Instruction, places: list[int]) -> object:
    value = step.argval
    if step.opcode in _JUMPS:
        return sum(place < value for place in places)
    if isinstance(value, types.CodeType):
        return _essence(value)
    if isinstance(value, str) and step.opcode not in dis.hasconst:
        return plain(value)
    return type(value).__name__, _written(value)


def _written(value: object) -> str:
    """A constant as text, a set's elements in order."""
    return repr(sorted(map(repr, value))) if isinstance(value, frozenset) else repr(value)
