"""Where a value was chosen that an operation reads: a helper only takes what its caller gives."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from pytest_deeprnn.diagnosis.locate.operands import called_name
from pytest_deeprnn.measurement.recording.source_lines import statements_at
from pytest_deeprnn.sandbox.protocol.messages import Frame
from pytest_deeprnn.submission.prepare import Prepared

_Function = ast.FunctionDef | ast.Lambda


@dataclass(frozen=True)
class Choice:
    """A line, its depth among an operation's lines, and the expression for the value there."""

    depth: int
    frame: Frame
    expression: ast.expr


def chosen(prepared: Prepared, frames: tuple[Frame, ...], expression: ast.expr) -> Choice:
    """Go up from an operand in the innermost line as long as a function was only given it."""
    choice = Choice(len(frames) - 1, frames[-1], expression)
    while choice.depth > 0:
        above = _given(prepared, frames, choice)
        if above is None:
            return choice
        choice = above
    return choice


def _given(prepared: Prepared, frames: tuple[Frame, ...], choice: Choice) -> Choice | None:
    """The caller's expression for a value that is an argument, None where it is none."""
    function = around(prepared, choice.frame)
    caller = frames[choice.depth - 1]
    if function is None or not isinstance(choice.expression, ast.Name):
        return None
    name = _looped_over(function, choice.expression.id)
    names = [argument.arg for argument in function.args.args]
    bound = set(_bound(function))
    if name in bound:
        return None
    if name not in names:  # a value of the function around, which called this one
        return Choice(choice.depth - 1, caller, ast.Name(name, ast.Load()))
    argument = _argument(prepared, caller, choice.frame.function, names, name)
    return None if argument is None else Choice(choice.depth - 1, caller, argument)


def _looped_over(function: _Function, name: str) -> str:
    """The list that a name goes through in its only binding, `for x in seq`; else the name."""
    loops = [
        node.iter.id
        for node in _inside(function)
        if isinstance(node, ast.For)
        and isinstance(node.target, ast.Name)
        and node.target.id == name
        and isinstance(node.iter, ast.Name)
    ]
    return loops[0] if len(loops) == 1 and list(_bound(function)).count(name) == 1 else name


def _bound(function: _Function) -> Iterator[str]:
    """The names that a function gives values, besides its arguments."""
    for node in _inside(function):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def _inside(function: _Function) -> Iterator[ast.AST]:
    """What stands in a function, without the functions in it."""
    body = function.body if isinstance(function, ast.FunctionDef) else [function.body]
    waiting: list[ast.AST] = list(body)
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, ast.FunctionDef | ast.Lambda | ast.ClassDef):
            waiting.extend(ast.iter_child_nodes(node))


def around(prepared: Prepared, frame: Frame) -> _Function | None:
    """The innermost function around a line."""
    found: list[_Function] = []
    for piece in prepared.pieces:
        if piece.filename == frame.filename:
            found = [
                node
                for node in ast.walk(piece.parse())
                if isinstance(node, _Function)
                and node.lineno <= frame.line <= (node.end_lineno or node.lineno)
                and getattr(node, "name", "<lambda>") == frame.function
            ]
    return max(found, key=lambda node: node.lineno, default=None)


def _argument(
    prepared: Prepared, caller: Frame, function: str, names: list[str], name: str
) -> ast.expr | None:
    """What the only call in the caller's line gives for an argument."""
    calls = [
        node
        for statement in statements_at(prepared, caller)
        for node in ast.walk(statement)
        if isinstance(node, ast.Call) and _may_be(node, function) and node.lineno == caller.line
    ]
    if not calls:
        return None
    call = calls[0]
    for keyword in call.keywords:
        if keyword.arg == name:
            return keyword.value
    position = names.index(name) - (names[0] == "self")
    plain = not any(isinstance(one, ast.Starred) for one in call.args[: position + 1])
    return call.args[position] if plain and 0 <= position < len(call.args) else None


def _may_be(call: ast.Call, function: str) -> bool:
    """Whether a call may be that of a function; objects are called by any name."""
    anyhow = function in ("__call__", "<lambda>", "forward")
    return called_name(call) == function or (anyhow and called_name(call) not in _COMMON)


_COMMON = ("range", "enumerate", "zip", "append", "len", "list", "tuple", "reversed")
