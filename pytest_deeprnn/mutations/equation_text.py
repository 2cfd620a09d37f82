"""The reference's own lines written as the book writes them, with names or with numbers."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from functools import cache

import torch
from torch import Tensor

from pytest_deeprnn.mutations.compiled import CELLS, Mutations, tree
from pytest_deeprnn.reference import stack

#: The right side of an equation.
Line = ast.expr
#: How what is no sum, product or function is written.
Leaf = Callable[[ast.expr], str]
_BOOK = {"H_tilde": "H̃", "C_tilde": "C̃", "H": "H_{t-1}", "C": "C_{t-1}"}
_FUNCTIONS = {"sigmoid": "σ"}
_SUM, _PRODUCT, _ATOM = range(3)
_DIGITS = 4


@cache
def lines(cell: str, name: str = "step", mutations: Mutations = ()) -> dict[str, ast.expr]:
    """What a cell's step computes, by the equations' names, in their order."""
    found = {
        node.targets[0].id: node.value
        for function in tree(CELLS[cell], mutations).body
        if isinstance(function, ast.FunctionDef) and function.name in ("_gates", name)
        for node in function.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    return {key: value for key, value in found.items() if key != "b_hh"}  # None is made zero there


@cache
def unused(cell: str, name: str = "step", mutations: Mutations = ()) -> frozenset[str]:
    """The quantities that no other one is computed from, and that are not the state."""
    equations = lines(cell, name, mutations)
    nodes = [node for value in equations.values() for node in ast.walk(value)]
    read = {node.id for node in nodes if isinstance(node, ast.Name)}
    return frozenset(equations.keys() - read - {"H_t", "C_t"})


@cache
def output_line(mutations: Mutations = ()) -> ast.expr:
    """How the outputs are computed."""
    found = [node for node in ast.walk(tree(stack, mutations)) if isinstance(node, ast.Assign)]
    (line,) = (node.value for node in found if ast.unparse(node.targets[0]) == "outputs")
    return line


def book(name: str) -> str:
    """A quantity's name as it is read: R for R_t, H_{t-1} for the old state H."""
    return _BOOK.get(name, name.removesuffix("_t"))


def with_names(line: ast.expr, own: Mapping[str, str]) -> str:
    """The right side of an equation; `own` are the student's names of weights, where known."""

    def leaf(node: ast.expr) -> str:
        match node:
            case ast.Name(id=name):
                return own.get(name, book(name))
            case ast.Attribute(attr=weight):
                return own.get(weight, weight)
            case ast.Call():
                return "H"  # of all steps, put together
        return ast.unparse(node)

    return _written(line, leaf)[0]


def with_numbers(line: ast.expr, values: Mapping[str, object]) -> str:
    """The right side with this example's numbers: B = 1, and `values` are what a step computed."""

    def leaf(node: ast.expr) -> str:
        return _show(_value(node, values))

    return _written(line, leaf, values)[0]


def _written(
    node: ast.expr, leaf: Leaf, values: Mapping[str, object] | None = None
) -> tuple[str, int]:
    """An expression and how tightly it holds together."""
    match node:
        case ast.BinOp(left=left, op=ast.MatMult()) if values is not None and _is_wide(
            left, values
        ):
            return leaf(node), _ATOM
        case ast.BinOp(left=left, op=ast.MatMult() | ast.Mult() as op, right=right):
            inner = _ATOM if isinstance(op, ast.MatMult) else _PRODUCT
            parts = [_part(one, inner, leaf, values) for one in (left, right)]
            single = values is not None and not any("[" in part for part in parts)
            sign = "·" if single or isinstance(op, ast.MatMult) else " ⊙ "
            return sign.join(parts), _PRODUCT
        case ast.BinOp(left=left, op=op, right=right):
            sign = " − " if isinstance(op, ast.Sub) else " + "
            first = _written(left, leaf, values)[0]
            return f"{first}{sign}{_part(right, _PRODUCT, leaf, values)}", _SUM
        case ast.Call(args=[ast.Name(id="hiddens")]):
            return leaf(node), _ATOM
        case ast.Call(func=ast.Attribute(attr=function), args=[argument, *_]):
            inside = _written(argument, leaf, values)[0]
            return f"{_FUNCTIONS.get(function, function)}({inside})", _ATOM
    return leaf(node), _ATOM


def _part(node: ast.expr, least: int, leaf: Leaf, values: Mapping[str, object] | None) -> str:
    """A part of a sum or product, in brackets where it would come apart or begins with a minus."""
    text, holds = _written(node, leaf, values)
    return f"({text})" if holds < least or text.startswith("−") else text


def _is_wide(node: ast.expr, values: Mapping[str, object]) -> bool:
    """Whether a product with a matrix is a sum of several, which only its value shows."""
    value = _value(node, values)
    return isinstance(value, Tensor) and value.shape[-1] > 1


def _value(node: ast.expr, values: Mapping[str, object]) -> object:
    code = compile(ast.fix_missing_locations(ast.Expression(node)), "<equation>", "eval")
    return eval(
        code, {"torch": torch, **values}
    )  # the reference's own lines, edited by this package's tables


def _show(value: object) -> str:
    if not isinstance(value, Tensor):
        return str(value)
    numbers = [_number(one) for one in value.flatten().tolist()]
    return numbers[0] if len(numbers) == 1 else f"[{', '.join(numbers)}]"


def _number(value: float) -> str:
    text = f"{value:.{_DIGITS}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.replace("-", "−")
