"""Finds objects at module level that hold sizes: a dictionary, a dataclass, a namespace."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

import msgspec

from pytest_deeprnn.submission.binding import Binding
from pytest_deeprnn.submission.function import Function
from pytest_deeprnn.submission.functions import assigned_names
from pytest_deeprnn.submission.names import EXPECTED, Kind, hinted_kind, kind_of
from pytest_deeprnn.submission.syntax import Statement

#: What makes an object of nothing but named values, from the standard library and beside it.
_MAKERS = ("SimpleNamespace", "Namespace", "parse_args", "dict", "EasyDict", "edict", "Munch")
_SPECIAL = ("__init__", "__post_init__", "__repr__", "__str__", "__eq__", "__hash__")


class Config(msgspec.Struct, frozen=True):
    """An object with sizes: its name at module level, its class, what is known of its values."""

    name: str
    kind: str
    values: dict[str, ast.expr]


def configs(statements: Iterable[Statement]) -> dict[str, Config]:
    """Find the objects with sizes that statements at module level make, by their names."""
    found: dict[str, Config] = {}
    classes: dict[str, dict[str, ast.expr]] = {}
    for statement in statements:
        node = statement.node
        if isinstance(node, ast.ClassDef) and _is_plain(node):
            classes[node.name] = dict(_fields(node))
            found[node.name] = Config(node.name, node.name, classes[node.name])
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            for name, value in assigned_names(node):
                made = _made(name, value, classes)
                if made is not None:
                    found[name] = made
    return found


def with_objects(function: Function, known: dict[str, Config]) -> Function:
    """Give a function the objects that its arguments are called or annotated after."""
    objects: dict[str, str] = {}
    for argument in function.arguments:
        if any(kind_of(argument.name, role) for role in EXPECTED):
            continue
        kind = argument.annotation.strip("'\"").split(".")[-1]
        named = known.get(argument.name) or known.get(argument.name.upper())
        fitting = named or next((one for one in known.values() if kind and one.kind == kind), None)
        if fitting is not None and argument.required and not argument.positional_only:
            objects[argument.name] = fitting.name
    if not objects:
        return function
    left = tuple(one for one in function.arguments if one.name not in objects)
    return msgspec.structs.replace(function, arguments=left, objects=objects)


def size_paths(
    statements: Iterable[Statement], binding: Binding, known: dict[str, Config]
) -> Iterator[tuple[str, Kind]]:
    """Find the sizes that a function's statements read out of such objects, by their paths.

    An argument of any of its helpers that is called like such an object is taken for it.
    """
    objects = {name: name for name in known} | binding.function.objects
    kept = list(statements)
    bound = frozenset[str]().union(*(statement.binds for statement in kept))
    tables = [one for one in known.values() if one.kind == "dict" and one.name in bound]
    for statement in kept:
        for node in ast.walk(statement.node):
            owner, key, path = _read(node, objects)
            config = known.get(objects.get(owner, ""))
            kind = _kind(key) if key else None
            if config is not None and kind is not None and _is_size(config.values.get(key)):
                yield path, kind
            if isinstance(node, ast.Constant):
                yield from _in_tables(node, statement, tables)


def _in_tables(
    node: ast.Constant, statement: Statement, tables: list[Config]
) -> Iterator[tuple[str, Kind]]:
    """A dictionary's key that is named as a text, however the dictionary is reached."""
    key = node.value
    for table in tables:
        if table.name not in statement.binds and isinstance(key, str) and key in table.values:
            kind = _kind(key)
            if kind is not None and _is_size(table.values[key]):
                yield f"{table.name}[{key!r}]", kind


def _read(node: ast.AST, objects: dict[str, str]) -> tuple[str, str, str]:
    """The object's name, the attribute or key, and the path of one that is read from it."""
    match node:
        case ast.Attribute(value=ast.Name(id=owner), attr=key) if owner in objects:
            return owner, key, f"{objects[owner]}.{key}"
        case ast.Subscript(value=ast.Name(id=owner), slice=ast.Constant(value=str(key))) if (
            owner in objects
        ):
            return owner, key, f"{objects[owner]}[{key!r}]"
        case _:
            return "", "", ""


def _kind(key: str) -> Kind | None:
    """What a field is the size of, by its name or by a word of it."""
    if len(key) == 1:
        return None
    return kind_of(key, "get_params") or hinted_kind(key, "get_params")


def _is_size(value: ast.expr | None) -> bool:
    """Tell whether a value may be a size or a device, as far as its text shows."""
    if isinstance(value, ast.Constant):
        return isinstance(value.value, int | str) and not isinstance(value.value, bool)
    return not isinstance(value, ast.List | ast.Tuple | ast.Dict | ast.Lambda)


def _made(name: str, value: ast.expr, classes: dict[str, dict[str, ast.expr]]) -> Config | None:
    if isinstance(value, ast.Dict):
        keys = [key.value if isinstance(key, ast.Constant) else "" for key in value.keys]
        return Config(name, "dict", dict(zip(map(str, keys), value.values, strict=True)))
    if not isinstance(value, ast.Call):
        return None
    maker = ast.unparse(value.func).split(".")[-1]
    if maker not in _MAKERS and maker not in classes:
        return None
    given = {one.arg: one.value for one in value.keywords if one.arg}
    return Config(name, maker, classes.get(maker, {}) | given)


def _is_plain(node: ast.ClassDef) -> bool:
    """Tell whether a class only holds values."""
    if any(ast.unparse(base).split(".")[-1] == "Module" for base in node.bases):
        return False
    methods = [inner for inner in node.body if isinstance(inner, ast.FunctionDef)]
    return all(inner.name in _SPECIAL or inner.decorator_list for inner in methods)


def _fields(node: ast.ClassDef) -> Iterator[tuple[str, ast.expr]]:
    for inner in node.body:
        if isinstance(inner, ast.Assign | ast.AnnAssign):
            yield from assigned_names(inner)
