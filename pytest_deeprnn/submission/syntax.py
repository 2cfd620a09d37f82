"""What a submission's text binds and needs, statement by statement, without running it."""

from __future__ import annotations

import ast
import dis
import inspect
import types
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from pytest_deeprnn.submission import dataflow
from pytest_deeprnn.submission.errors import Unreadable
from pytest_deeprnn.submission.global_settings import imports_one, sets_torch
from pytest_deeprnn.submission.registries import FILLS, filled
from pytest_deeprnn.submission.source import Source

_JUMPS = frozenset((*dis.hasjrel, *dis.hasjabs))
_MAX_JUMPS = 10_000  # in one function: reading them takes quadratic time
#: Methods of a parser of command lines, and those that give it a part with the same methods.
_DECLARES = ("add_argument", "set_defaults")
_PARTS = ("add_argument_group", "add_mutually_exclusive_group")


@dataclass(frozen=True)
class Statement:
    """A statement at module level, or one directly under `if __name__ == "__main__":`.

    `changes` are names of values that it changes in place: `SIZES["h"] = 3`.
    """

    piece: int
    path: tuple[int, ...]
    node: ast.stmt
    binds: frozenset[str]
    needs: frozenset[str]
    changes: frozenset[str] = frozenset()

    @property
    def guarded(self) -> bool:
        """Whether it stands under the guard, where only a script would run it."""
        return len(self.path) > 1


def statements(source: Source) -> list[Statement]:
    """List all statements that may be run, in order; Unreadable where one does not compile.

    A notebook's statement that awaits at module level needs Jupyter's loop and is left out.
    """
    instead = {piece.instead: number for number, piece in enumerate(source.pieces)}
    found = [
        statement
        for number, piece in enumerate(source.pieces)
        if piece.instead is None
        for statement in _of_piece(source, number, instead)
    ]
    starts = source.pieces[0].starts if source.pieces else ()
    return _in_dataflow_order(found, starts) if starts else found


def _in_dataflow_order(found: list[Statement], starts: tuple[int, ...]) -> list[Statement]:
    """A marimo notebook's statements, cell by cell in the order in which the cells run."""
    cells: list[list[Statement]] = [[] for _ in range(len(starts) + 1)]
    for statement in found:
        cells[bisect_right(starts, statement.node.lineno)].append(statement)
    names = [dataflow.joined((one.binds, one.needs) for one in cell) for cell in cells]
    return [statement for number in dataflow.order(names) for statement in cells[number]]


def _of_piece(
    source: Source, number: int, instead: dict[tuple[str, int, int] | None, int]
) -> Iterator[Statement]:
    """The statements of a piece, with those of a text in the place of the magic that runs it."""
    piece = source.pieces[number]
    for path, node in _flat(piece.parse()):
        inner = instead.get((piece.filename, node.lineno, node.col_offset))
        if inner is not None:
            yield from _of_piece(source, inner, instead)
        elif not (code := piece.compile(node)).co_flags & inspect.CO_COROUTINE:
            yield _statement(number, path, node, code)


def kept(
    all_statements: list[Statement], names: set[str], setting: frozenset[str] = frozenset()
) -> list[Statement]:
    """Choose what the names need: imports, definitions, assignments and changes, transitively.

    A star import may bring any name and is always kept, as is a future import, and what sets torch
    for the whole program before the functions are used in it, itself or by importing one of the
    `setting` modules.
    """
    makers = _makers(all_statements)
    chosen = {index for index, one in enumerate(all_statements) if _brings_anything(one)}
    chosen |= _settings(all_statements, names, setting)
    wanted = set(names).union(*(all_statements[index].needs for index in chosen))
    while wanted:
        more = makers.get(wanted.pop(), set()) - chosen
        chosen |= more
        wanted.update(*(all_statements[index].needs for index in more))
    return [all_statements[index] for index in sorted(chosen)]


def _makers(all_statements: list[Statement]) -> dict[str, set[int]]:
    """The statements that bind each name, or change its value."""
    makers: dict[str, set[int]] = defaultdict(set)
    containers = {name for statement in all_statements for name in _containers(statement)}
    wholes = dict(part for statement in all_statements for part in _parts(statement.node))
    for index, statement in enumerate(all_statements):
        for name in _makes(statement, containers):
            makers[name].add(index)
            if name in wholes:
                makers[wholes[name]].add(index)
    for index, name in filled(statement.node for statement in all_statements):
        makers[name].add(index)
    return makers


def _parts(node: ast.stmt) -> Iterator[tuple[str, str]]:
    """A part of a parser and the parser: what is declared in one is declared in the other."""
    match node:
        case ast.Assign(
            targets=[ast.Name(id=part)],
            value=ast.Call(func=ast.Attribute(value=ast.Name(id=whole), attr=method)),
        ) if method in _PARTS:
            yield part, whole


def _settings(
    all_statements: list[Statement], names: set[str], setting: frozenset[str]
) -> set[int]:
    """Settings of torch that hold where the functions are used: those before the first use.

    A script that trains and then turns gradients off has trained.
    """
    found = [
        index
        for index, one in enumerate(all_statements)
        if sets_torch(one.node) or imports_one(one.node, setting)
    ]
    if not found:
        return set()
    using = _using(all_statements, names)
    first = min((i for i in using if _runs(all_statements[i].node)), default=len(all_statements))
    return {index for index in found if index < first}


def _using(all_statements: list[Statement], names: set[str]) -> set[int]:
    """The statements that need one of the names, themselves or through others."""
    found: set[int] = set()
    wanted = set(names)
    while True:
        more = {i for i, one in enumerate(all_statements) if one.needs & wanted} - found
        if not more:
            return found
        found |= more
        wanted.update(*(all_statements[index].binds for index in more))


def _runs(node: ast.stmt) -> bool:
    """Whether a statement may call what it needs: it is no definition, import or setting."""
    defines = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)
    return not isinstance(node, defines) and not sets_torch(node)


def _makes(statement: Statement, containers: set[str]) -> frozenset[str]:
    """The names that a statement binds, and those whose values it changes."""
    # a method of anything but a plain container may do any work: `loader.update(...)`
    plain = isinstance(statement.node, ast.Expr) and not _declares(statement.node)
    return statement.binds | (statement.changes & containers if plain else statement.changes)


def _declares(node: ast.Expr) -> bool:
    method = node.value.func if isinstance(node.value, ast.Call) else None
    return isinstance(method, ast.Attribute) and method.attr in _DECLARES


def _containers(statement: Statement) -> frozenset[str]:
    """The names that an assignment binds to a list, dict or set written out."""
    node = statement.node
    if not isinstance(node, ast.Assign | ast.AnnAssign):
        return frozenset()
    value = node.value
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and not value.args:
        plain = value.func.id in ("list", "dict", "set")
    else:
        plain = isinstance(value, ast.List | ast.Dict | ast.Set)
    return statement.binds if plain else frozenset()


def class_added_to(node: ast.stmt) -> str | None:
    """The class into which `@d2l.add_to_class(Class)` puts a function, which is then no own one."""
    for decorator in node.decorator_list if isinstance(node, ast.FunctionDef) else ():
        match decorator:
            case ast.Call(
                func=ast.Attribute(attr="add_to_class") | ast.Name(id="add_to_class"),
                args=[target],
            ):
                return ast.unparse(target)
    return None


def _changes(node: ast.stmt) -> Iterator[str]:
    """Names whose value is changed: `X[...] = ...`, `X.append(...)`, `@d2l.add_to_class(X)`."""
    changed = class_added_to(node)
    if changed is not None:
        yield changed
    for place in _changed_places(node):
        base: ast.expr = place
        while isinstance(base, ast.Subscript | ast.Attribute):
            base = base.value
        if isinstance(base, ast.Name):
            yield base.id


def _changed_places(node: ast.stmt) -> Iterator[ast.Subscript | ast.Attribute]:
    if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
        for inner in ast.walk(node):
            if isinstance(inner, ast.Subscript | ast.Attribute) and isinstance(
                inner.ctx, ast.Store
            ):
                yield inner
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        method = node.value.func
        if isinstance(method, ast.Attribute) and method.attr in FILLS + _DECLARES:
            yield method


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


def _statement(
    number: int, path: tuple[int, ...], node: ast.stmt, code: types.CodeType
) -> Statement:
    return Statement(
        piece=number,
        path=path,
        node=node,
        binds=frozenset(_names(code, {"STORE_NAME", "STORE_GLOBAL"}, inner=False)),
        needs=frozenset(_names(code, {"LOAD_NAME", "LOAD_GLOBAL"}, inner=True)),
        changes=frozenset(_changes(node)),
    )


def _names(code: types.CodeType, operations: set[str], inner: bool) -> Iterator[str]:
    if sum(step in _JUMPS for step in code.co_code[::2]) > _MAX_JUMPS:
        told = "this is more code than is read, once Python has compiled it"
        raise Unreadable(told, code.co_firstlineno)
    for step in dis.get_instructions(code):
        if step.opname in operations:
            yield step.argval
    if inner:
        for constant in code.co_consts:
            if isinstance(constant, types.CodeType):
                yield from _names(constant, operations, inner)
