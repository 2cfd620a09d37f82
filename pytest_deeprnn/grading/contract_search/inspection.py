"""Loads a submission once, in a worker of its own, to see what can be called in it."""

from __future__ import annotations

import ast

from pytest_deeprnn.measurement.calls.runner import StudentLost, StudentRaised, SubmissionRunner
from pytest_deeprnn.sandbox.protocol.messages import Described
from pytest_deeprnn.sandbox.protocol.object_path import root
from pytest_deeprnn.sandbox.worker import Spawner
from pytest_deeprnn.submission import syntax
from pytest_deeprnn.submission.contract import Contract
from pytest_deeprnn.submission.function import Argument, Function
from pytest_deeprnn.submission.functions import returns_pair
from pytest_deeprnn.submission.prepare import Prepared, loading

SECONDS = 2  # of the processor
_NONE = Contract(get_params=None, init_state=None, forward=None)


def inspect(
    prepared: Prepared, names: tuple[str, ...], spawner: Spawner, imports: tuple[str, ...]
) -> list[Function]:
    """List the functions that these names hold, or that stand in what they hold.

    There are none where the submission does not load.
    """
    kept = syntax.kept(list(prepared.usable), set(names))
    load = loading(prepared.source, kept, (), prepared.load.helpers)
    student = SubmissionRunner(spawner, load, _NONE, {}, imports, processor_seconds=SECONDS)
    try:
        found = student.inspect(names).found
    except (StudentRaised, StudentLost):
        return []
    finally:
        student.close()
    return [_function(one, prepared) for one in found]


def _function(described: Described, prepared: Prepared) -> Function:
    piece, file, node = _definition(described, prepared)
    holder = next(
        (one for one in reversed(prepared.usable) if root(described.path) in one.binds), None
    )
    line = described.line if node is None else node.lineno
    if piece is None and file is None and holder is not None:
        piece, line = holder.piece, holder.node.lineno
    return Function(
        name=described.path,
        arguments=tuple(
            Argument(one.name, one.required, one.positional_only) for one in described.arguments
        ),
        variadic=described.variadic,
        line=line,
        piece=piece,
        file=file,
        uses=frozenset() if holder is None else holder.needs,
        pair=node is not None and returns_pair(node),
    )


def _definition(
    described: Described, prepared: Prepared
) -> tuple[int | None, str | None, ast.FunctionDef | None]:
    """The piece or file that defines it, and the definition; what a worker says may be made up."""
    for number, piece in enumerate(prepared.source.pieces):
        if piece.filename == described.filename:
            node = _at(piece.parse(), described.line)
            return (None, None, None) if node is None else (number, None, node)
    for helper in prepared.load.helpers:
        if helper.filename == described.filename:
            node = _at(ast.parse(helper.text), described.line)
            return (None, None, None) if node is None else (None, helper.filename, node)
    return None, None, None


def _at(tree: ast.Module, line: int) -> ast.FunctionDef | None:
    """The definition at a line; that of a decorated one is counted from its first decorator."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
            if first <= line <= node.lineno:
                return node
    return None
