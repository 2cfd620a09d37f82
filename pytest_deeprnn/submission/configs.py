"""Finds objects at module level that hold sizes: a dictionary, a dataclass, a namespace."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

import msgspec

from pytest_deeprnn.submission.binding import Binding
from pytest_deeprnn.submission.function import Argument, Function
from pytest_deeprnn.submission.functions import assigned_names
from pytest_deeprnn.submission.synonyms import EXPECTED, Kind, hinted_kind, kind_of, words_of
from pytest_deeprnn.submission.syntax import Statement

#: What makes an object of nothing but named values, from the standard library and beside it.
_MAKERS = ("SimpleNamespace", "Namespace", "dict", "EasyDict", "edict", "Munch")
_PARSERS = ("parse_args", "parse_known_args")
_PARSED = "parse_args"
#: Words that alone are no size: {"rnn": 1, "gru": 3}, net.init_state.
_PARTS = {"rnn", "gru", "lstm", "init", "begin", "state", "cell", "memory"}
_SPECIAL = ("__init__", "__post_init__", "__repr__", "__str__", "__eq__", "__hash__")


class Config(msgspec.Struct, frozen=True):
    """An object with sizes: its name at module level, its class, what is known of its values."""

    name: str
    kind: str
    values: dict[str, ast.expr]


def configs(statements: Iterable[Statement]) -> dict[str, Config]:
    """Find the objects with sizes that statements at module level make, by their names."""
    found: dict[str, Config] = {}
    kept = list(statements)
    makers = {_PARSED: Config("", _PARSED, _options(kept))}
    for statement in kept:
        node = statement.node
        if isinstance(node, ast.ClassDef) and _is_plain(node):
            found[node.name] = Config(node.name, node.name, dict(_fields(node)))
            makers[node.name] = found[node.name]
        elif isinstance(node, ast.FunctionDef):
            made = _returned(node, makers)
            if made is not None:
                makers[node.name] = made
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            found |= dict(_assigned(node, makers))
    return found


def with_objects(
    function: Function, known: dict[str, Config], texts: dict[str, ast.FunctionDef]
) -> Function:
    """Give a function the objects that its arguments are called, annotated or read like.

    `texts` are the functions at module level.
    """
    objects: dict[str, str] = {}
    for argument in function.arguments:
        fitting = _read_like(argument.name, texts.get(function.name), known)
        if fitting is None and not any(kind_of(argument.name, role) for role in EXPECTED):
            fitting = _called_like(argument, known)
        if fitting is not None and argument.required and not argument.positional_only:
            objects[argument.name] = fitting.name
    if not objects:
        return function
    left = tuple(one for one in function.arguments if one.name not in objects)
    return msgspec.structs.replace(function, arguments=left, objects=objects)


def _called_like(argument: Argument, known: dict[str, Config]) -> Config | None:
    kind = argument.annotation.strip("'\"").split(".")[-1]
    named = known.get(argument.name) or known.get(argument.name.upper())
    return named or next((one for one in known.values() if kind and one.kind == kind), None)


def _read_like(
    name: str, function: ast.FunctionDef | None, known: dict[str, Config]
) -> Config | None:
    """The object with all the sizes that a function reads of an argument: `a.hidden`."""
    if function is None or not known:
        return None
    reads = {key for node in ast.walk(function) for key in [_read(node, {name: name})[1]] if key}
    if not any(map(_kind, reads)):
        return None
    # the fields of a network's own state or parameters may be called like sizes
    is_network = kind_of(name, "forward") in ("inputs", "state", "params")
    objects = [one for one in known.values() if one.name != one.kind]
    fitting = (one for one in objects if one.kind == _PARSED or not is_network)
    return next((one for one in fitting if reads <= set(one.values)), None)


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
            if config is None or kind is None or (len(key) == 1 and key not in config.values):
                continue
            if _is_size(config.values.get(key)):
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
    """What a field is the size of, by its name or by a word of it; of the letters the book's."""
    if (len(key) == 1 and key not in "VHB") or words_of(key) <= _PARTS:
        return None
    return kind_of(key, "get_params") or hinted_kind(key, "get_params")


def _is_size(value: ast.expr | None) -> bool:
    """Tell whether a value may be a size or a device, as far as its text shows."""
    if isinstance(value, ast.Constant):
        return isinstance(value.value, int | str) and not isinstance(value.value, bool)
    return not isinstance(value, ast.List | ast.Tuple | ast.Dict | ast.Lambda)


def _assigned(
    node: ast.Assign | ast.AnnAssign, makers: dict[str, Config]
) -> Iterator[tuple[str, Config]]:
    pairs = list(assigned_names(node))
    first = node.targets[0] if isinstance(node, ast.Assign) else node.target
    if isinstance(first, ast.Tuple) and isinstance(node.value, ast.Call):
        # args, unknown = parser.parse_known_args()
        pairs += [(one.id, node.value) for one in first.elts[:1] if isinstance(one, ast.Name)]
    for name, value in pairs:
        made = _made(name, value, makers)
        if made is not None:
            yield name, made


def _made(name: str, value: ast.expr, makers: dict[str, Config]) -> Config | None:
    if isinstance(value, ast.Dict):
        keys = [key.value if isinstance(key, ast.Constant) else "" for key in value.keys]
        return Config(name, "dict", dict(zip(map(str, keys), value.values, strict=True)))
    if not isinstance(value, ast.Call):
        return None
    maker = ast.unparse(value.func).split(".")[-1]
    known = makers.get(_PARSED if maker in _PARSERS else maker)
    if maker not in _MAKERS and known is None:
        return None
    given = {one.arg: one.value for one in value.keywords if one.arg}
    return Config(name, known.kind, known.values | given) if known else Config(name, maker, given)


def _returned(function: ast.FunctionDef, makers: dict[str, Config]) -> Config | None:
    """The object that a function makes and returns: `args = parse_arguments()`."""
    own: dict[str, Config] = {}
    for node in function.body:
        if isinstance(node, ast.Assign | ast.AnnAssign):
            own |= dict(_assigned(node, makers))
        elif isinstance(node, ast.Return) and node.value is not None:
            several = isinstance(node.value, ast.Tuple) and node.value.elts
            value = several[0] if several else node.value
            named = own.get(value.id) if isinstance(value, ast.Name) else None
            found = named or _made(function.name, value, makers)
            # a dictionary is what get_params returns, too
            return found if found is not None and found.kind != "dict" else None
    return None


def _options(statements: list[Statement]) -> dict[str, ast.expr]:
    """What an argparse parser of the file gives, by the names of its fields, with the defaults."""
    found: dict[str, ast.expr] = {}
    for statement in statements:
        for node in ast.walk(statement.node):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".add_argument"):
                given = {one.arg: one.value for one in node.keywords}
                named = [given["dest"]] if "dest" in given else node.args
                # --cuda with action="store_true" is a switch, no device
                default = ast.Constant(False) if "action" in given else ast.Name("unknown")
                for name in named:
                    if isinstance(name, ast.Constant) and isinstance(name.value, str):
                        field = name.value.lstrip("-").replace("-", "_")
                        found[field] = given.get("default", default)
    return found


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
