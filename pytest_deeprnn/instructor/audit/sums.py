"""The ways of writing a gate's sum: a weight each, weights side by side, or [X, H] in one.

What comes out still has the reference's names, but other weights: W.W_x for those of all gates
side by side, W.W_r for W_xr above W_hr.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from pytest_deeprnn.instructor.audit.equations import GATES, Equations, Line, expression
from pytest_deeprnn.instructor.audit.errors import Inexpressible

Kind = Literal["x", "h", "xh", "b", "c"]


@dataclass(frozen=True)
class Weight:
    """A parameter of one layer: what it is multiplied with, and its gates side by side.

    Shapes, for n gates: "x" (I, n·H), "h" (H, n·H), "xh" (I + H, n·H), "b" (n·H,). The second
    bias of a gate is "c".
    """

    name: str
    kind: Kind
    gates: str


@dataclass(frozen=True)
class Written:
    """A layer's equations in one way of writing: what is computed first, then the lines."""

    cell: str
    before: tuple[str, ...]
    lines: tuple[Line, ...]
    weights: tuple[Weight, ...]


Sums = Callable[[Equations, str], Written]
_SEPARATE: tuple[tuple[str, Kind], ...] = (("W_x", "x"), ("W_h", "h"), ("b_", "b"), ("c_", "c"))
_JOINED: tuple[tuple[str, Kind], ...] = (("W_", "xh"), ("b_", "b"), ("c_", "c"))


def separate(equations: Equations, order: str) -> Written:
    """A weight of its own for each gate and source."""
    weights = tuple(
        Weight(f"{prefix}{gate}", kind, gate)
        for gate in order
        for prefix, kind in _SEPARATE
        if kind != "c" or _reads(equations, f"W.c_{gate}")
    )
    return Written(equations.cell, (), equations.lines, weights)


def side_by_side(equations: Equations, order: str) -> Written:
    """One product for all gates, cut into the gates' parts.

    A recurrent weight that is multiplied with something other than H stays by itself.
    """
    if len(order) == 1 or any(_reads(equations, f"W.c_{gate}") for gate in order):
        return separate(equations, order)
    alone = "h" if equations.cell == "gru" and not _is_after(equations) else ""
    joined = "".join(gate for gate in order if gate not in alone)
    cut = _Cut(joined)
    lines = tuple(Line(one.target, cut.apply(one.value)) for one in equations.lines)
    weights = [Weight("W_x", "x", order), Weight("W_h", "h", joined)]
    weights += [Weight(f"W_h{gate}", "h", gate) for gate in alone]
    before = (
        f"{_names('x', order)} = (X @ W.W_x).chunk({len(order)}, dim=1)",
        f"{_names('h', joined)} = (H @ W.W_h).chunk({len(joined)}, dim=1)",
        f"{_names('b', order)} = W.b.chunk({len(order)})",
    )
    return Written(equations.cell, before, lines, (*weights, Weight("b", "b", order)))


def joined(equations: Equations, order: str) -> Written:
    """W_x above W_h in one weight, multiplied with X and H side by side."""
    lines = tuple(Line(one.target, _Joined().apply(one.value)) for one in equations.lines)
    weights = tuple(
        Weight(f"{prefix}{gate}", kind, gate)
        for gate in order
        for prefix, kind in _JOINED
        if kind != "c" or _reads(equations, f"W.c_{gate}")
    )
    return Written(equations.cell, (), lines, weights)


def _reads(equations: Equations, weight: str) -> bool:
    return any(weight in one.value for one in equations.lines)


def _is_after(equations: Equations) -> bool:
    """Whether the candidate multiplies H itself, and the reset gate comes after the product."""
    candidate = next(one.value for one in equations.lines if one.target == "H_tilde")
    return "(H @" in candidate


def _names(letter: str, gates: str) -> str:
    return ", ".join(f"{letter}_{gate}" for gate in gates)


class _Cut(ast.NodeTransformer):
    """Puts the part of a product in the place of the product with one gate's weight."""

    def __init__(self, joined: str) -> None:
        self._joined = joined

    def apply(self, text: str) -> str:
        return ast.unparse(self.visit(expression(text)))

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        text = ast.unparse(node)
        for gate in "rzhifoc":
            if text == f"X @ W.W_x{gate}":
                return ast.Name(f"x_{gate}", ast.Load())
            if text == f"H @ W.W_h{gate}" and gate in self._joined:
                return ast.Name(f"h_{gate}", ast.Load())
        self.generic_visit(node)
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        if not (isinstance(node.value, ast.Name) and node.value.id == "W"):
            return node
        gate = node.attr[-1]
        if node.attr.startswith("b_"):
            return ast.Name(f"b_{gate}", ast.Load())
        if node.attr.startswith("W_x") or gate in self._joined:
            raise Inexpressible(f"{node.attr} is a part of a product and cannot stand by itself")
        return node


class _Joined(ast.NodeTransformer):
    """Puts one product with X and H side by side in the place of the two of a gate."""

    def apply(self, text: str) -> str:
        changed = ast.unparse(self.visit(expression(text)))
        if re.search(r"W\.W_[xh]\w", changed):
            raise Inexpressible("X and H are multiplied together, with one gate's weight")
        return changed

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        terms = [ast.unparse(term) for term in _terms(node)]
        for gate in "rzhifoc":
            pair = [f"X @ W.W_x{gate}", *(t for t in terms if t.endswith(f" @ W.W_h{gate}"))]
            if len(pair) == 2 and pair[0] in terms:
                old = pair[1].removesuffix(f" @ W.W_h{gate}")
                rest = [term for term in terms if term not in pair]
                product = f"torch.cat((X, {old}), dim=1) @ W.W_{gate}"
                return expression(" + ".join([product, *rest]))
        self.generic_visit(node)
        return node


def _terms(node: ast.expr) -> list[ast.expr]:
    match node:
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return [*_terms(left), *_terms(right)]
    return [node]


def in_order(cell: str, turned: bool) -> str:
    """The gates in the order of the equations, or the other way round."""
    return GATES[cell][::-1] if turned else GATES[cell]
