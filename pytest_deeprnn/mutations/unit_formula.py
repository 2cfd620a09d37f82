"""A cell's equations on a single unit, where the sums of its gates are given as numbers.

They are the reference's lines with each gate's weighted sum replaced by one name, so that what
a layer's units do can be tried without knowing a weight.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import torch
from torch import Tensor

from pytest_deeprnn.mutations.compiled import CELLS, tree
from pytest_deeprnn.mutations.mutation import Mutation

#: Numbers by name: a_z is the sum of the update gate, H and C are the old state.
Values = dict[str, Tensor]
_GATES = {
    "R_t": "r",
    "Z_t": "z",
    "H_tilde": "h",
    "I_t": "i",
    "F_t": "f",
    "O_t": "o",
    "C_tilde": "c",
}
_ORDER = "zrhnfico"
#: The recurrent sum of a candidate, where the reset gate comes after the product.
RECURRENT = "n"


@dataclass(frozen=True)
class Formula:
    """How one unit's new value comes about, right or with one named fault.

    `gates` are those whose sums it reads, by the book's subscripts; `signed` those of them that
    are a plain sigmoid, so that their complement is the same gate with other signs.
    """

    mutation: Mutation | None
    gates: str
    signed: str
    compute: Callable[[Values], Tensor]


@cache
def formula(
    cell: str,
    target: str,
    mutation: Mutation | None = None,
    name: str = "step",
    whole: bool = False,
) -> Formula:
    """The equation of H_t or C_t; in that of H_t the new memory is given, unless it is `whole`."""
    equations = _equations(cell, name, (mutation,) if mutation is not None else ())
    given = set() if whole else {"C_t"} - {target}
    lines = _needed(equations, target, given)
    read = {name for line in lines for name in _names(line.value)}
    gates = "".join(gate for gate in _ORDER if f"a_{gate}" in read)
    signed = "".join(gate for gate in gates if _is_plain(lines, gate))
    code = compile(_module(lines), f"<unit of {cell}>", "exec")

    def compute(values: Values) -> Tensor:
        names: dict[str, object] = {"torch": torch, **values}
        exec(code, names)  # the reference's own lines, edited by the tables of this package
        value = names[target]
        assert isinstance(value, Tensor)
        return value

    return Formula(mutation, gates, signed, compute)


def _equations(cell: str, name: str, mutations: tuple[Mutation, ...]) -> list[ast.Assign]:
    """The lines of the cell's gates and step, each weighted sum replaced by its name."""
    found = [
        node
        for function in tree(CELLS[cell], mutations).body
        if isinstance(function, ast.FunctionDef) and function.name in ("_gates", name)
        for node in function.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    ]
    return [_Summed(_target(node)).visit(_copy(node)) for node in found]


def _copy(node: ast.Assign) -> ast.Assign:
    copied = ast.parse(ast.unparse(node)).body[0]
    assert isinstance(copied, ast.Assign)
    return copied


def _target(node: ast.Assign) -> str:
    named = node.targets[0]
    assert isinstance(named, ast.Name)
    return named.id


class _Summed(ast.NodeTransformer):
    """Replaces the terms that hold weights by the name of their sum."""

    def __init__(self, target: str) -> None:
        self._sum = f"a_{_GATES.get(target, 'h')}"

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        if not isinstance(node.op, ast.Add) or not _weighs(node):
            self.generic_visit(node)
            return node
        total: ast.expr = ast.Name(self._sum, ast.Load())
        self._sum = f"a_{RECURRENT}"  # of a sum within the sum
        for term in _terms(node):
            if not _weighs(term) or _is_product(term):
                total = ast.BinOp(total, ast.Add(), self.visit(term))
        return total


def _is_product(node: ast.expr) -> bool:
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult)


def _terms(node: ast.expr) -> list[ast.expr]:
    match node:
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return [*_terms(left), *_terms(right)]
    return [node]


def _weighs(node: ast.expr) -> bool:
    """Whether a term holds weights: they are the attributes of W, and b_hh."""
    return any(isinstance(one, ast.Name) and one.id in ("W", "b_hh") for one in ast.walk(node))


def _names(node: ast.expr) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}


def _needed(equations: list[ast.Assign], target: str, given: set[str]) -> list[ast.Assign]:
    """The lines that lead to the target, in their order."""
    wanted, lines = {target}, []
    for line in reversed(equations):
        if _target(line) in wanted - given:
            lines.append(line)
            wanted |= _names(line.value)
    return lines[::-1]


def _is_plain(lines: list[ast.Assign], gate: str) -> bool:
    return any(ast.unparse(line.value) == f"torch.sigmoid(a_{gate})" for line in lines)


def _module(lines: list[ast.Assign]) -> ast.Module:
    return ast.fix_missing_locations(ast.Module(list(lines), []))
