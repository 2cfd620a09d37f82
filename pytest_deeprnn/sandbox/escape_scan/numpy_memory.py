"""Finds in Python text numpy's ways to memory that no array of the text holds.

Files are held by the jail. Memory is the process's own, and what a worker says of itself lies in
it: an array can be laid over any place, at an address or by steps that nobody checks.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

#: How an object tells numpy an address to lay an array over, and numpy's own door to ctypes.
NAMES = frozenset(
    ("__array_interface__", "__array_struct__", "__cuda_array_interface__", "ctypeslib")
)
#: What an array, or a generator of random numbers, gives to C: addresses and functions.
_FOR_C = frozenset(("ctypes", "cffi"))
#: Unlike sliding_window_view beside it, it goes by any steps; so does nobody in torch.
_STRIDED = "as_strided"
#: What nobody needs to write as a text.
SPELLED = NAMES | {_STRIDED}
_STRIDING = frozenset(("stride_tricks", "_stride_tricks_impl"))
_ARRAYS = frozenset(("ndarray", "recarray", "chararray"))
_BUFFER = 2  # its place among the arguments of these
_STATE = "__setstate__"


def striding(trees: Iterable[ast.AST]) -> frozenset[str]:
    """List the names that texts bind to numpy's stride_tricks."""
    return frozenset(name for tree in trees for node in ast.walk(tree) for name in _binds(node))


def in_memory(node: ast.AST, known: frozenset[str]) -> Iterator[str]:
    """List which of these ways a node names; `known` are names of numpy's stride_tricks."""
    match node:
        case ast.FunctionDef(name=name) | ast.keyword(arg=name) if name in NAMES:
            yield str(name)
        case ast.Attribute(attr=name, ctx=ast.Load()) if name in _FOR_C and _is_foreign(node):
            yield name
        case ast.Attribute(attr=name) if (
            name == _STRIDED and _last(node.value) in known | _STRIDING
        ):
            yield name
        case ast.Attribute(attr=name) if name == _STATE and _is_foreign(node):
            yield name
        case ast.ImportFrom(module=str() as module) if module.startswith("numpy."):
            yield from _imported(module, [alias.name for alias in node.names])
        case ast.Call(func=function) if _last(function) in _ARRAYS and _has_buffer(node):
            yield f"{_last(function)}(buffer=...)"


def _binds(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Import() | ast.ImportFrom():
            yield from (
                alias.asname
                for alias in node.names
                if alias.asname and alias.name.split(".")[-1] in _STRIDING
            )
        case ast.Assign(targets=targets, value=value) if _last(value) in _STRIDING:
            yield from (target.id for target in targets if isinstance(target, ast.Name))


def _imported(module: str, names: list[str]) -> Iterator[str]:
    """What is for C, and the function itself or all that stands beside it."""
    yield from (f"{module}.{name}" for name in names if name in _FOR_C)
    if module.split(".")[-1] in _STRIDING and {_STRIDED, "*"} & set(names):
        yield f"{module}.{_STRIDED}"


def _last(node: ast.expr) -> str:
    """The last name of `a.b.c`, "" of anything else."""
    match node:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
        case _:
            return ""


def _is_foreign(node: ast.Attribute) -> bool:
    """Return False for an attribute of the class that the text itself is in."""
    match node.value:
        case ast.Name(id="self" | "cls") | ast.Call(func=ast.Name(id="super")):
            return False
        case _:
            return True


def _has_buffer(call: ast.Call) -> bool:
    return len(call.args) > _BUFFER or any(one.arg == "buffer" for one in call.keywords)
