"""What a submission's text binds and needs, statement by statement, without running it."""

from __future__ import annotations

import ast
import dis
import types
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from pytest_deeprnn.submission.read import Piece, Source, Unreadable


@dataclass(frozen=True)
class Statement:
    """A statement at module level, or one directly under `if __name__ == "__main__":`."""

    piece: int
    path: tuple[int, ...]
    node: ast.stmt
    binds: frozenset[str]
    needs: frozenset[str]

    @property
    def guarded(self) -> bool:
        """Whether it stands under the guard, where only a script would run it."""
        return len(self.path) > 1


def statements(source: Source) -> list[Statement]:
    """List all statements that may be run, in order; Unreadable where one does not compile."""
    return [
        _statement(number, path, node, piece)
        for number, piece in enumerate(source.pieces)
        for path, node in _flat(piece.parse())
    ]


def kept(all_statements: list[Statement], names: set[str]) -> list[Statement]:
    """Choose what the given names need: imports, definitions and assignments, transitively.

    A star import may bring any name and is always kept, as is a future import.
    """
    wanted = set(names)
    chosen: set[int] = set()
    while True:
        more = {
            index
            for index, statement in enumerate(all_statements)
            if index not in chosen and (statement.binds & wanted or _brings_anything(statement))
        }
        if not more:
            return [all_statements[index] for index in sorted(chosen)]
        chosen |= more
        for index in more:
            wanted |= all_statements[index].needs


def _brings_anything(statement: Statement) -> bool:
    node = statement.node
    return isinstance(node, ast.ImportFrom) and (
        node.module == "__future__" or node.names[0].name == "*"
    )


def _flat(module: ast.Module) -> Iterator[tuple[tuple[int, ...], ast.stmt]]:
    for index, node in enumerate(module.body):
        if is_main_guard(node):
            assert isinstance(node, ast.If)
            for inner, statement in enumerate(node.body):
                yield (index, inner), statement
        else:
            yield (index,), node


def is_main_guard(node: ast.stmt) -> bool:
    """Whether a statement is `if __name__ == "__main__":`."""
    if not isinstance(node, ast.If) or not isinstance(node.test, ast.Compare):
        return False
    sides = [node.test.left, *node.test.comparators]
    return any(isinstance(side, ast.Name) and side.id == "__name__" for side in sides)


def _statement(number: int, path: tuple[int, ...], node: ast.stmt, piece: Piece) -> Statement:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            code = compile(ast.Module([node], []), piece.filename, "exec", dont_inherit=True)
    except SyntaxError as error:
        raise Unreadable(f"SyntaxError: {error.msg}", error.lineno, piece.cell) from None
    except (ValueError, RecursionError, MemoryError) as error:
        raise Unreadable(f"{type(error).__name__}: {error}", node.lineno, piece.cell) from None
    return Statement(
        piece=number,
        path=path,
        node=node,
        binds=frozenset(_names(code, {"STORE_NAME", "STORE_GLOBAL"}, inner=False)),
        needs=frozenset(_names(code, {"LOAD_NAME", "LOAD_GLOBAL"}, inner=True)),
    )


def _names(code: types.CodeType, operations: set[str], inner: bool) -> Iterator[str]:
    for step in dis.get_instructions(code):
        if step.opname in operations:
            yield step.argval
    if inner:
        for constant in code.co_consts:
            if isinstance(constant, types.CodeType):
                yield from _names(constant, operations, inner)
