"""The equations of one layer, read out of the reference's mutated syntax tree.

They are kept as text with the reference's names: X, H, C, R_t, …, and W.W_xr for a weight.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from pytest_deeprnn.instructor.audit.errors import Inexpressible
from pytest_deeprnn.mutations.compiled import CELLS, tree
from pytest_deeprnn.mutations.mutation import Mutation

#: The subscripts of each cell's gates, in the order of the equations.
GATES = {"rnn": "h", "gru": "rzh", "lstm": "ifoc"}
#: What each cell carries from step to step, by the name of its new value.
PARTS = {"rnn": ("H_t",), "gru": ("H_t",), "lstm": ("H_t", "C_t")}


@dataclass(frozen=True)
class Line:
    """One assignment: a name of the equations, and the expression that it gets."""

    target: str
    value: str

    @property
    def names(self) -> frozenset[str]:
        """All names that the expression reads."""
        return names_in(self.value)


@dataclass(frozen=True)
class Equations:
    """One layer's step as a list of assignments, the last one that of H_t."""

    cell: str
    lines: tuple[Line, ...]


def names_in(text: str) -> frozenset[str]:
    """All names in an expression."""
    return frozenset(one.id for one in ast.walk(ast.parse(text)) if isinstance(one, ast.Name))


def expression(text: str) -> ast.expr:
    """Parse one expression."""
    return ast.parse(text, mode="eval").body


def read(cell: str, step: str, mutations: tuple[Mutation, ...]) -> Equations:
    """Return a step's lines with mutations; raises Inexpressible where one changes none of them."""
    lines = _lines(cell, step, ())
    for number, mutation in enumerate(mutations, start=1):
        changed = _lines(cell, step, mutations[:number])
        if changed == lines:
            raise Inexpressible(f"{mutation.text}: these equations have no such place")
        lines = changed
    return Equations(cell, lines)


def _lines(cell: str, step: str, mutations: tuple[Mutation, ...]) -> tuple[Line, ...]:
    try:
        changed = tree(CELLS[cell], mutations)
    except LookupError as error:
        raise Inexpressible(str(error)) from None
    functions = {node.name: node for node in changed.body if isinstance(node, ast.FunctionDef)}
    return tuple(_assigned(functions, step))


def _assigned(functions: dict[str, ast.FunctionDef], name: str) -> Iterator[Line]:
    """Single names that are assigned to; in the place of a helper's call its own lines."""
    for node in functions[name].body:
        match node:
            case ast.Assign(value=ast.Call(func=ast.Name(id=helper))) if helper in functions:
                yield from _assigned(functions, helper)
            case ast.Assign(targets=[ast.Name(id=target)], value=value) if target != "b_hh":
                yield Line(target, ast.unparse(value))
