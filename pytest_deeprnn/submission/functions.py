"""Lists the functions that a submission's text defines, as far as the text shows them."""

from __future__ import annotations

import ast
from collections.abc import Iterable

import msgspec

from pytest_deeprnn.sandbox.protocol.messages import Helper
from pytest_deeprnn.submission.exports import exports, taken
from pytest_deeprnn.submission.function import Function, from_arguments
from pytest_deeprnn.submission.syntax import Statement, class_added_to


def functions(statements: list[Statement], beside: tuple[Helper, ...]) -> list[Function]:
    """List the functions at module level, the last one of each name, with imported own ones."""
    found: dict[str, Function] = {}
    makers: dict[str, ast.FunctionDef] = {}
    for statement in statements:
        for function in (*_defined(statement, found, beside), *_made(statement, makers)):
            found.pop(function.name, None)
            found[function.name] = msgspec.structs.replace(function, uses=statement.needs)
        if isinstance(statement.node, ast.FunctionDef):
            makers[statement.node.name] = statement.node
    return list(found.values())


def _defined(
    statement: Statement, known: dict[str, Function], beside: tuple[Helper, ...]
) -> Iterable[Function]:
    node = statement.node
    if class_added_to(node) is not None:
        return
    if isinstance(node, ast.FunctionDef):
        plain = from_arguments(node.name, node.args, node.lineno, statement.piece)
        makes = any(True for _ in _returned(node.name, node.body, statement.piece))
        yield msgspec.structs.replace(plain, pair=returns_pair(node), maker=makes)
    elif isinstance(node, ast.Assign | ast.AnnAssign):
        for name, value in assigned_names(node):
            yield from _assigned(name, value, statement.piece, known)
    elif isinstance(node, ast.ClassDef):
        yield from _static_methods(node, statement.piece)
    elif isinstance(node, ast.ImportFrom):
        yield from _imported(node, beside)
    elif isinstance(node, ast.If | ast.Try):
        for inner in ast.iter_child_nodes(node):
            if isinstance(inner, ast.FunctionDef):
                yield from_arguments(inner.name, inner.args, inner.lineno, statement.piece)


def returns_pair(node: ast.FunctionDef) -> bool:
    """Tell whether a function returns two things somewhere."""
    return any(
        isinstance(inner, ast.Return)
        and isinstance(inner.value, ast.Tuple)
        and len(inner.value.elts) == 2
        for inner in ast.walk(node)
    )


def assigned_names(node: ast.Assign | ast.AnnAssign) -> Iterable[tuple[str, ast.expr]]:
    """Names with the expressions that they are bound to, tuples taken apart pairwise."""
    if node.value is None:
        return
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    for target in targets:
        if isinstance(target, ast.Name):
            yield target.id, node.value
        elif isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
            for one, value in zip(target.elts, node.value.elts, strict=False):
                if isinstance(one, ast.Name):
                    yield one.id, value


def _static_methods(node: ast.ClassDef, piece: int) -> Iterable[Function]:
    """Functions that are reached as `Class.name`."""
    for inner in node.body:
        if isinstance(inner, ast.FunctionDef):
            static = any(ast.unparse(one) == "staticmethod" for one in inner.decorator_list)
            if static:
                name = f"{node.name}.{inner.name}"
                yield from_arguments(name, inner.args, inner.lineno, piece)


def _assigned(
    name: str, value: ast.expr, piece: int, known: dict[str, Function]
) -> Iterable[Function]:
    if isinstance(value, ast.Lambda):
        yield from_arguments(name, value.args, value.lineno, piece)
    elif ast.unparse(value) in known:
        yield msgspec.structs.replace(known[ast.unparse(value)], name=name)
    elif isinstance(value, ast.Call) and ast.unparse(value.func).endswith("partial"):
        yield from _partial(name, value, known)


def _made(statement: Statement, makers: dict[str, ast.FunctionDef]) -> Iterable[Function]:
    """`forward = make_net(torch.tanh)`, where make_net returns a function that it defines."""
    node = statement.node
    if not isinstance(node, ast.Assign | ast.AnnAssign):
        return
    for name, value in assigned_names(node):
        maker = value.func if isinstance(value, ast.Call) else None
        if isinstance(maker, ast.Name) and maker.id in makers:
            yield from _returned(name, makers[maker.id].body, statement.piece)


def _returned(name: str, body: list[ast.stmt], piece: int) -> Iterable[Function]:
    """A function that another returns, under the name that it is given."""
    returned = {inner.value.id for inner in body if _returns_name(inner)}  # type: ignore[attr-defined]  # checked by _returns_name
    for inner in body:
        if isinstance(inner, ast.FunctionDef) and inner.name in returned:
            yield from_arguments(name, inner.args, inner.lineno, piece)
        if isinstance(inner, ast.Return) and isinstance(inner.value, ast.Lambda):
            yield from_arguments(name, inner.value.args, inner.lineno, piece)


def _returns_name(node: ast.stmt) -> bool:
    return isinstance(node, ast.Return) and isinstance(node.value, ast.Name)


def _partial(name: str, call: ast.Call, known: dict[str, Function]) -> Iterable[Function]:
    """functools.partial of a function of the file: what it has bound is no argument any more."""
    inner = call.args[0] if call.args else None
    if not isinstance(inner, ast.Name) or inner.id not in known:
        return
    bound = {keyword.arg for keyword in call.keywords}
    left = known[inner.id].arguments[len(call.args) - 1 :]
    arguments = tuple(argument for argument in left if argument.name not in bound)
    yield msgspec.structs.replace(known[inner.id], name=name, arguments=arguments)


def _imported(node: ast.ImportFrom, beside: tuple[Helper, ...]) -> Iterable[Function]:
    """Functions that come from a module beside the main file, or through one."""
    given = exports(node.module or "", {helper.name: helper for helper in beside})
    for name, found in taken(node, given).items():
        where = found.node.lineno, None, found.helper.filename
        yield from_arguments(name, found.node.args, *where)
