"""The lines in which a submission sets torch for the whole program."""

from __future__ import annotations

import ast
from collections.abc import Callable

from pytest_deeprnn.core.finding import Place
from pytest_deeprnn.measurement.recording.source_lines import kept
from pytest_deeprnn.submission.global_settings import called, setters
from pytest_deeprnn.submission.prepare import Prepared

_GRADIENTS = ("set_grad_enabled", "__enter__")
_DTYPES = ("set_default_dtype", "set_default_tensor_type")


def gradients_off(prepared: Prepared) -> Place:
    """Where gradients are turned off and left off; an empty place where nowhere."""
    return _where(prepared, _GRADIENTS, _turns_off)


def default_dtype(prepared: Prepared) -> Place:
    """Where another default dtype than float32 is set; an empty place where nowhere."""
    return _where(prepared, _DTYPES, lambda call: "float32" not in ast.unparse(call))


def _turns_off(call: ast.Call) -> bool:
    entered = call.func.value if isinstance(call.func, ast.Attribute) else None
    if called(call) == "__enter__":
        return isinstance(entered, ast.Call) and called(entered) == "no_grad"
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    return not any(isinstance(one, ast.Constant) and one.value is True for one in given)


def _where(prepared: Prepared, names: tuple[str, ...], wanted: Callable[[ast.Call], bool]) -> Place:
    """The last such call, since it is the one that is left in force; those of `with` are none."""
    found = Place()
    for statement in kept(prepared):
        managed = {
            id(item.context_expr)
            for node in ast.walk(statement.node)
            if isinstance(node, ast.With)
            for item in node.items
        }
        for call in setters(statement.node, *names):
            if id(call) not in managed and wanted(call):
                found = Place(prepared.source.pieces[statement.piece].filename, call.lineno)
    return found if found.line is not None else _beside(prepared, names, wanted)


def _beside(
    prepared: Prepared, names: tuple[str, ...], wanted: Callable[[ast.Call], bool]
) -> Place:
    """The same in the modules beside the file."""
    for helper in prepared.load.helpers:
        for call in setters(ast.parse(helper.text), *names):
            if wanted(call):
                return Place(helper.filename, call.lineno)
    return Place()
