"""Finds what a notebook's magics have become in a script: calls of get_ipython()."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from pytest_deeprnn.submission.cell_magics import CellMagic, cell_magic
from pytest_deeprnn.submission.magics import run

_GIVES = "get_ipython"
_RUNS = frozenset(("run", "load"))


@dataclass(frozen=True)
class MagicCall:
    """A statement that runs a magic: the text that it hands over, and what becomes of that."""

    statement: ast.stmt
    magic: CellMagic
    text: str


def magic_calls(module: ast.Module) -> Iterator[MagicCall]:
    """List the calls of a text, also those inside of blocks, whose arguments are written out."""
    for node in ast.walk(module):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            found = _magic_call(node, node.value)
            if found is not None:
                yield found


def _magic_call(statement: ast.stmt, call: ast.Call) -> MagicCall | None:
    if not isinstance(call.func, ast.Attribute) or not _is_shell(call.func.value):
        return None
    words = [one.value for one in call.args if isinstance(one, ast.Constant)]
    match call.func.attr, words:
        case "run_cell_magic", [str(name), str(arguments), str(text)]:
            return MagicCall(statement, cell_magic(name, arguments), text)
        case "run_line_magic", [str(name), str(arguments)] if name in _RUNS:
            return _run(statement, arguments)
        case "magic", [str(line)] if line.partition(" ")[0] in _RUNS:
            return _run(statement, line.partition(" ")[2])
    return None


def _run(statement: ast.stmt, arguments: str) -> MagicCall | None:
    text = run(arguments)
    return None if text is None else MagicCall(statement, CellMagic("python"), text)


def _is_shell(node: ast.expr) -> bool:
    called = node.func if isinstance(node, ast.Call) else None
    if isinstance(called, ast.Attribute):
        return called.attr == _GIVES
    return isinstance(called, ast.Name) and called.id == _GIVES
