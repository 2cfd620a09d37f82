"""Lines of a generated file, and expressions in a learner's names."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable
from typing import Literal

from pytest_deeprnn.instructor.audit.equations import expression

_WIDTH = 96
#: A part of a layer's state in a learner's words: kind (carried, new, given), layer, part.
Slot = Callable[[str, int, int], str]


def indented(lines: Iterable[str], by: int = 1) -> list[str]:
    """The lines, further in."""
    return ["    " * by + line if line else line for line in lines]


def bracketed(start: str, items: list[str], end: str) -> list[str]:
    """Items between brackets, on one line where they fit, else on some of their own."""
    one = f"{start}{', '.join(items)}{end}"
    if len(one) <= _WIDTH:
        return [one]
    rows, row = [], ""
    for item in items:
        if row and len(row) + len(item) > _WIDTH - 8:
            rows.append(row.rstrip())
            row = ""
        row += f"{item}, "
    return [start, *indented([*rows, row.rstrip()]), end]


def in_words(
    text: str,
    local: Callable[[str], str],
    weight: Callable[[str], str],
    slot: Slot | None = None,
    product: Literal["@", "mm", "linear"] = "@",
) -> str:
    """An expression of the reference with a learner's names, weights, states and products."""
    said = ast.unparse(_Words(local, weight, slot, product).visit(expression(text)))
    return re.sub(r"(\w+ \* \w+) @ ", r"(\1) @ ", said)  # the brackets that a learner writes


class _Words(ast.NodeTransformer):
    def __init__(
        self,
        local: Callable[[str], str],
        weight: Callable[[str], str],
        slot: Slot | None,
        product: str,
    ) -> None:
        self._local = local
        self._weight = weight
        self._slot = slot
        self._product = product

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return node if node.id == "torch" else expression(self._local(node.id))

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        if isinstance(node.value, ast.Name) and node.value.id in ("W", "network"):
            return expression(self._weight(node.attr))
        self.generic_visit(node)
        return node

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        match node.value:
            case ast.Subscript(value=ast.Name(id=kind), slice=layer) if self._slot is not None:
                number, part = int(ast.unparse(layer)), int(ast.unparse(node.slice))
                return expression(self._slot(kind, number, part))
        self.generic_visit(node)
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        self.generic_visit(node)
        if not isinstance(node.op, ast.MatMult) or self._product == "@":
            return node
        function = "torch.mm" if self._product == "mm" else "F.linear"
        return ast.Call(expression(function), [node.left, node.right], [])
