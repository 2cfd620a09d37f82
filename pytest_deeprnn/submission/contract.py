"""Finds the contract's three functions in a submission and binds their arguments."""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Iterable

import msgspec

from pytest_deeprnn.submission.names import (
    CELLS,
    EXPECTED,
    REQUIRED,
    Kind,
    Role,
    cells_in,
    kind_of,
    name_score,
    snake,
    words_of,
)
from pytest_deeprnn.submission.read import Piece, Unreadable
from pytest_deeprnn.submission.syntax import Statement
from pytest_deeprnn.worker.messages import Helper

_HELPS = 40  # what a function loses that another candidate calls: more than any name gives
_UNMISTAKABLE = ("batch_size", "batchsize", "vocab_size", "num_hiddens", "hidden_size")
_NO_FORWARD = re.compile(
    "train(ing|er)?|predict(ion)?|loss(es)?|evaluat(e|ion)|test(ing)?|plot|grad(ient)?s?"
    "|clip(ping)?|sampl(e|ing)"
)
_ONE_STEP = {"cell", "step", "layer", "block"}
_ONE_PART = {"layer", "cell", "gate", "one", "single", "block"}
_NO_DEVICE = re.compile("out|vocab|class|feature|size|num", re.IGNORECASE)


class Argument(msgspec.Struct, frozen=True):
    """An argument of a function; `required` where it has no default."""

    name: str
    required: bool
    positional_only: bool = False


class Function(msgspec.Struct, frozen=True, kw_only=True):
    """A function as its text shows it.

    `uses` are the names that it reads at module level, `pair` whether it returns two things.
    """

    name: str
    arguments: tuple[Argument, ...]
    variadic: bool
    line: int
    piece: int | None
    file: str | None = None
    uses: frozenset[str] = frozenset()
    pair: bool = False


class Binding(msgspec.Struct, frozen=True, kw_only=True):
    """Which kind of value each argument of a function takes.

    `unbound` are those left over, `guessed` those bound by their position alone.
    """

    function: Function
    positional: tuple[Kind, ...]
    keyword: dict[str, Kind]
    unbound: tuple[str, ...] = ()
    guessed: tuple[str, ...] = ()

    @property
    def kinds(self) -> frozenset[Kind]:
        """All kinds that the function takes."""
        return frozenset(self.positional) | frozenset(self.keyword.values())


class Contract(msgspec.Struct, frozen=True, kw_only=True):
    """The three functions, each None where it is not there."""

    get_params: Binding | None
    init_state: Binding | None
    forward: Binding | None

    def missing(self) -> tuple[Role, ...]:
        """The roles that no function fills."""
        return tuple(role for role in EXPECTED if getattr(self, role) is None)

    def bindings(self) -> list[tuple[Role, Binding]]:
        """The roles that are filled."""
        return [(role, getattr(self, role)) for role in EXPECTED if getattr(self, role) is not None]


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
    return [function for function in found.values() if "." not in function.name]


def find(candidates: list[Function], cells: frozenset[str]) -> Contract:
    """Choose the best function for each role; `cells` are those that the exercise is about."""
    taken: dict[Role, Function] = {}
    for role in ("forward", "init_state", "get_params"):
        left = [function for function in candidates if function not in taken.values()]
        scored = [(_score(function, role, cells), index) for index, function in enumerate(left)]
        scored = [(score - _HELPS * _is_helper(left, scored, at), at) for score, at in scored]
        best = max(scored, default=(0, 0))
        if best[0] > 0:
            taken[role] = left[best[1]]
    return Contract(
        **{role: bind(taken[role], role) if role in taken else None for role in EXPECTED}
    )


def _is_helper(left: list[Function], scored: list[tuple[int, int]], index: int) -> bool:
    """Whether another function that could serve as well calls this one."""
    function = left[index]
    return any(
        score > 0 and function.name in left[other].uses and left[other].name not in function.uses
        for score, other in scored
        if other != index
    )


def answers(candidates: Iterable[Function]) -> list[str]:
    """The cells that the functions answer each for itself: get_gru_params beside gru, …"""
    known = list(candidates)
    return [cell for cell in CELLS if _is_answered(find(known, frozenset({cell})), cell)]


def _is_answered(contract: Contract, cell: str) -> bool:
    """Whether parameters and forward are named for this cell alone, the state for no other."""
    named = {role: cells_in(binding.function.name) for role, binding in contract.bindings()}
    own = frozenset({cell})
    return (
        not contract.missing()
        and named["get_params"] == named["forward"] == own
        and named["init_state"] <= own
    )


def bind(function: Function, role: Role) -> Binding:
    """Give each argument its kind: by name with the usual synonyms, else by position."""
    kinds = _kinds_by_name(function, role)
    expected = REQUIRED[role] if role == "forward" else EXPECTED[role]
    left = [kind for kind in expected if kind not in kinds.values()]
    left = [kind for kind in left if kind != "layers"] if _is_tight(function, kinds, left) else left
    unbound: list[str] = []
    guessed: list[str] = []
    for argument in function.arguments:
        if argument.name not in kinds and argument.required:
            no_device = _NO_DEVICE.search(argument.name)
            fitting = [kind for kind in left if kind != "device" or not no_device]
            if fitting:
                kinds[argument.name] = fitting[0]
                left.remove(fitting[0])
                guessed.append(argument.name)
            else:
                unbound.append(argument.name)
    if function.variadic and not function.arguments:
        return Binding(
            function=function,
            positional=tuple(kind for kind in EXPECTED[role] if kind != "layers"),
            keyword={},
        )
    return Binding(
        function=function,
        positional=_positional(function, kinds),
        keyword={
            argument.name: kinds[argument.name]
            for argument in function.arguments
            if not argument.positional_only and argument.name in kinds
        },
        unbound=tuple(unbound),
        guessed=tuple(guessed),
    )


def _positional(function: Function, kinds: dict[str, Kind]) -> tuple[Kind, ...]:
    """Up to the first one that has no kind: what follows could not be given without it."""
    given = itertools.takewhile(
        lambda argument: argument.positional_only and argument.name in kinds, function.arguments
    )
    return tuple(kinds[argument.name] for argument in given)


def _is_tight(function: Function, kinds: dict[str, Kind], left: list[Kind]) -> bool:
    """Whether the arguments without a usual name are too few to hold a number of layers too."""
    unknown = sum(
        argument.required and argument.name not in kinds for argument in function.arguments
    )
    return unknown < len(left)


def _kinds_by_name(function: Function, role: Role) -> dict[str, Kind]:
    kinds: dict[str, Kind] = {}
    for argument in function.arguments:
        kind = kind_of(argument.name, role)
        if kind is None or (kind in ("inputs", "state", "params") and kind in kinds.values()):
            continue
        if argument.name == "d" and kind in _named_beside(argument, function, role):
            continue  # the input's dimension, but with another name for it there: the device
        fitting = role == "forward" or kind in EXPECTED[role] or argument.name in _UNMISTAKABLE
        if fitting or not argument.required:
            kinds[argument.name] = kind
    return kinds


def _named_beside(argument: Argument, function: Function, role: Role) -> set[Kind | None]:
    return {kind_of(other.name, role) for other in function.arguments if other is not argument}


def _score(function: Function, role: Role, cells: frozenset[str]) -> int:
    score = name_score(function.name, role)
    kinds = frozenset(bind(function, role).kinds) if function.arguments else frozenset()
    named = frozenset(
        kind for argument in function.arguments if (kind := kind_of(argument.name, role))
    )
    words = words_of(function.name)
    if role == "forward":
        if any(map(_NO_FORWARD.fullmatch, words)) or len(function.arguments) < 3:
            return 0
        complete = {"inputs", "state", "params"} <= named
        score += 4 if complete else 0
        score = max(score, int(function.pair))  # whatever it and its arguments are called
        if score == 0 or not {"inputs", "state", "params"} <= kinds:
            return 0
        score -= 3 * bool(words & _ONE_STEP)
    elif score == 0 or {"inputs", "params"} <= frozenset(
        kind for argument in function.arguments if (kind := kind_of(argument.name, "forward"))
    ):
        return 0
    else:
        score += 2 if role == "init_state" and "batch" in named else 0
        score -= 2 * bool(words & _ONE_PART)
    score += 2 * (snake(function.name) == role)
    score -= 5 * bool(bind(function, role).unbound)
    about = cells_in(function.name)
    if about and cells:
        score += 5 if about & cells else -4
    return max(score, 1) * 2


def _defined(
    statement: Statement, known: dict[str, Function], beside: tuple[Helper, ...]
) -> Iterable[Function]:
    node = statement.node
    if isinstance(node, ast.FunctionDef):
        plain = _from_arguments(node.name, node.args, node.lineno, statement.piece)
        yield msgspec.structs.replace(plain, pair=_returns_pair(node))
    elif isinstance(node, ast.Assign | ast.AnnAssign):
        for name, value in assigned_names(node):
            yield from _assigned(name, value, statement.piece, known)
    elif isinstance(node, ast.ClassDef):
        yield from _static_methods(node, statement.piece)
    elif isinstance(node, ast.ImportFrom):
        for helper in beside:
            if helper.name == node.module:
                yield from _imported(node, helper)
    elif isinstance(node, ast.If | ast.Try):
        for inner in ast.iter_child_nodes(node):
            if isinstance(inner, ast.FunctionDef):
                yield _from_arguments(inner.name, inner.args, inner.lineno, statement.piece)


def _returns_pair(node: ast.FunctionDef) -> bool:
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
                yield _from_arguments(name, inner.args, inner.lineno, piece)


def _assigned(
    name: str, value: ast.expr, piece: int, known: dict[str, Function]
) -> Iterable[Function]:
    if isinstance(value, ast.Lambda):
        yield _from_arguments(name, value.args, value.lineno, piece)
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
            yield _from_arguments(name, inner.args, inner.lineno, piece)
        if isinstance(inner, ast.Return) and isinstance(inner.value, ast.Lambda):
            yield _from_arguments(name, inner.value.args, inner.lineno, piece)


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


def _imported(node: ast.ImportFrom, helper: Helper) -> Iterable[Function]:
    """Functions that come from a helper module beside the main file."""
    try:
        tree = Piece(filename=helper.filename, text=helper.text).parse()
    except Unreadable:
        return
    there = {inner.name: inner for inner in tree.body if isinstance(inner, ast.FunctionDef)}
    for alias in node.names:
        names = list(there) if alias.name == "*" else [alias.name]
        for name in names:
            if name in there:
                yield _from_arguments(
                    alias.asname or name,
                    there[name].args,
                    there[name].lineno,
                    None,
                    helper.filename,
                )


def _from_arguments(
    name: str, arguments: ast.arguments, line: int, piece: int | None, file: str | None = None
) -> Function:
    plain = [*arguments.posonlyargs, *arguments.args]
    first_default = len(plain) - len(arguments.defaults)
    positional = [
        Argument(arg.arg, index < first_default, index < len(arguments.posonlyargs))
        for index, arg in enumerate(plain)
    ]
    keyword_only = [
        Argument(arg.arg, default is None)
        for arg, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    ]
    return Function(
        name=name,
        arguments=tuple(positional + keyword_only),
        variadic=arguments.vararg is not None,
        line=line,
        piece=piece,
        file=file,
    )
