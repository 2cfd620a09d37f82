"""Which expression of the submission an operation's operand was written as."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from pytest_deeprnn.measurement.recording.source_lines import statements_at
from pytest_deeprnn.sandbox.protocol.messages import Frame, Step
from pytest_deeprnn.submission.prepare import Prepared

_PRODUCTS = ("mm", "matmul", "linear", "dot", "einsum", "addmm", "bmm", "mv", "__matmul__")
_JOINS = ("cat", "concat", "concatenate", "hstack")


def joins(step: Step) -> bool:
    """Whether an operation puts tensors side by side."""
    return step.operation in _JOINS


def multiplies(step: Step) -> bool:
    """Whether an operation is a product with a weight."""
    return step.operation in _PRODUCTS


def operand(
    prepared: Prepared, steps: tuple[Step, ...], step: Step, position: int
) -> ast.expr | None:
    """The expression for what a product or a join read at a position, None where it is unclear."""
    kinds = _kinds(step)
    written = list(_written(prepared, step.frames[-1], kinds))
    done = [one for one in steps if one.frames == step.frames and _kinds(one) == kinds]
    if not kinds or not written or len(done) % len(written):
        return None
    number = next(index for index, one in enumerate(done) if one is step)
    operands = _operands(written[number % len(written)])
    return operands[position] if position < len(operands) else None


def _kinds(step: Step) -> tuple[str, ...]:
    return next((kinds for kinds in (_PRODUCTS, _JOINS) if step.operation in kinds), ())


def _written(prepared: Prepared, frame: Frame, kinds: tuple[str, ...]) -> Iterator[ast.expr]:
    """The products or joins of a line in the order in which they are computed."""
    for statement in statements_at(prepared, frame):
        if not isinstance(statement, ast.For | ast.While | ast.If | ast.With | ast.FunctionDef):
            yield from _computed(statement, kinds)


def _computed(node: ast.AST, kinds: tuple[str, ...]) -> Iterator[ast.expr]:
    for inner in ast.iter_child_nodes(node):
        yield from _computed(inner, kinds)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult) and "mm" in kinds:
        yield node
    if isinstance(node, ast.Call) and called_name(node) in kinds:
        yield node


def called_name(call: ast.Call) -> str:
    """The last name of what is called."""
    match call.func:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""


def _operands(node: ast.expr) -> list[ast.expr]:
    """What a product or a join takes, in the order in which it reads."""
    if isinstance(node, ast.BinOp):
        return [node.left, node.right]
    if not isinstance(node, ast.Call):
        return []
    given = [one for one in node.args if not isinstance(one, ast.Constant)]
    if called_name(node) in _JOINS:
        parts = given[0] if given else None
        return parts.elts if isinstance(parts, ast.List | ast.Tuple) else []
    if isinstance(node.func, ast.Attribute) and len(given) == 1:
        return [node.func.value, *given]
    return given
