"""Finds in Python text what reaches past a calculation: into the interpreter, torch or the grader.

What a worker says of itself could be forged by code that changes the worker. Such code has to
get at it first, by one of the ways that are named here; no network needs any of them.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from pytest_deeprnn.sandbox.escape_scan import numpy_memory
from pytest_deeprnn.sandbox.escape_scan.aliases import aliases, whole

#: Attributes and functions that lead from one object to others which nobody handed over.
_LEADING = """
    _getframe _current_frames currentframe getouterframes getinnerframes getframeinfo
    f_globals f_locals f_builtins tb_frame gi_frame cr_frame ag_frame walk_stack
    get_objects get_referrers get_referents __subclasses__ __globals__ __closure__ cell_contents
    __builtins__ __loader__ getargvalues extract_stack _len_torch_function_stack is_meta
"""
#: Those that change how Python, or torch, runs everything from then on.
_CHANGING = """
    settrace setprofile settrace_all_threads setprofile_all_threads addaudithook meta_path
    path_hooks source_to_code _call_with_frames_removed
    DisableTorchFunction DisableTorchFunctionSubclass TorchFunctionMode TorchDispatchMode
    _python_dispatch _scoped_library _del_library decomposition_table _decomp
"""
_NAMES = frozenset(f"{_LEADING} {_CHANGING}".split()) | numpy_memory.NAMES
_SPELLED = _NAMES | numpy_memory.SPELLED
#: Modules that give a hold of memory, of code as data, or of the interpreter itself.
_MODULES = frozenset(("ctypes", "_ctypes", "cffi", "marshal", "_testcapi", "pytest_deeprnn"))
_LIBRARY = "torch.library"
#: Places for settings, which are there to be written.
_SETTINGS = (".backends.", "._dynamo.config.", "._inductor.config.")
_STAND_IN = "meta"
_PATH = re.compile(r"\w+(\.\w+)*")
_GRADER = re.compile(r"pytest_deeprnn(\.\w+)*")
_WIDEST = 80
_LONGEST = 500_000  # characters of a text that is made at run time


@dataclass(frozen=True)
class Reach:
    """What is named, and in which line."""

    name: str
    line: int


def reaches(
    tree: ast.AST,
    never_run: Collection[ast.AST] = (),
    striding: frozenset[str] | None = None,
    modules: Mapping[str, str] | None = None,
) -> Iterator[Reach]:
    """List what a text names of all this, also as a string or in parts of one.

    `never_run` are nodes of the tree for which something else is put before it runs, `striding`
    names that another part of the text may have bound, see `raw_memory`, and `modules` those of
    modules, see `aliases`.
    """
    known = numpy_memory.striding([tree]) if striding is None else striding
    modules = aliases([tree]) if modules is None else modules
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop(0)
        if node in never_run:
            continue
        for name in (*_named(node, modules), *numpy_memory.in_memory(node, known)):
            yield Reach(name, getattr(node, "lineno", 1))
        waiting = [*ast.iter_child_nodes(node), *waiting]


def reaches_in_text(text: str) -> Iterator[Reach]:
    """The same of a text that a program made; one that is no Python reaches for nothing."""
    try:
        tree = ast.parse(text[:_LONGEST])
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    yield from reaches(tree)


def reaches_by_path(module: str, name: str) -> str:
    """A part of a module, as a pickle names it, where it is one of those; "" where not."""
    return _module(f"{module}.{name}")


def _named(node: ast.AST, modules: Mapping[str, str]) -> Iterator[str]:
    match node:
        case ast.Attribute(attr=name) if name in _NAMES:
            yield name
        case ast.Name(id=name) if name in _NAMES and name.startswith("__"):
            yield name
        case ast.Attribute(attr=name) if name == "library" or isinstance(node.ctx, ast.Store):
            path = whole(ast.unparse(node), modules)
            yield from _in_torch(path, isinstance(node.ctx, ast.Store))
        case ast.Attribute(attr="stack", value=ast.Name(id=name)) if (
            modules.get(name, name) == "inspect"
        ):
            yield "inspect.stack"
        case ast.Attribute(value=ast.Name(id=name)) if name in _MODULES:
            yield name
        case ast.Compare():  # to behave on the stand-in accelerator, and there only
            asked = [node.left, *node.comparators]
            yield from (_STAND_IN for one in asked for text in _texts(one) if text == _STAND_IN)
        case ast.Import():  # alone it reaches for nothing: `import os, ctypes`
            yield from (
                one for alias in node.names if alias.asname and (one := _module(alias.name))
            )
        case ast.ImportFrom(module=module):
            within = [f"{module}.{alias.name}" for alias in node.names]
            yield from (one for name in (module or "", *within) if (one := _module(name)))
        case ast.MatchValue(value=ast.Constant(value=value)) if value == _STAND_IN:
            yield _STAND_IN
        case ast.Call(args=[ast.Constant(value=value), *_]) if value == _STAND_IN:
            yield _STAND_IN
        case ast.Constant() | ast.BinOp() | ast.Call():
            yield from _spelled(node)


def _in_torch(path: str, is_set: bool) -> Iterator[str]:
    """torch's dispatcher, or any part of torch, or a built-in function, that is replaced."""
    setting = any(place in path for place in _SETTINGS)
    replaced = is_set and path.startswith(("torch.", "builtins.")) and not setting
    if replaced or path == _LIBRARY:
        yield path


def _module(name: str) -> str:
    """A module's own name where it is one of those, "" where not."""
    parts = name.split(".")
    known = parts[0] in _MODULES or not _NAMES.isdisjoint(parts) or name.startswith(_LIBRARY)
    return name if known else ""


def _spelled(node: ast.expr) -> Iterator[str]:
    """One of the names as text, whole or put together from parts."""
    text = _text(node)
    parts = text.split(".") if _PATH.fullmatch(text) else [text]
    if not _SPELLED.isdisjoint(parts) or text in _MODULES or _GRADER.fullmatch(text):
        yield text[:_WIDEST]


def _texts(node: ast.expr) -> list[str]:
    """The texts of a constant, or of a list of them."""
    several = node.elts if isinstance(node, ast.Tuple | ast.List | ast.Set) else [node]
    return [_text(one) for one in several]


def _text(node: ast.expr) -> str:
    """The text that a constant, a sum of constants or a join of them stands for, "" for none."""
    match node:
        case ast.Constant(value=str() as value):
            return value
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _text(left) + _text(right)
        case ast.Call(
            func=ast.Attribute(value=ast.Constant(value=str() as between), attr="join"),
            args=[ast.List(elts=parts) | ast.Tuple(elts=parts)],
        ):
            return between.join(_text(part) for part in parts)
        case _:
            return ""
