"""The reference's own functions with mutations in them, compiled."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable
from functools import cache
from types import ModuleType
from typing import Any

from torch import Tensor

from pytest_deeprnn.mutations.mutation import Mutation, edited
from pytest_deeprnn.reference import gru, lstm, rnn, stack

CELLS: dict[str, ModuleType] = {"rnn": rnn, "gru": gru, "lstm": lstm}
Mutations = tuple[Mutation, ...]
Forward = Callable[
    [Tensor, tuple[stack.State, ...], stack.Network], tuple[Tensor, tuple[stack.State, ...]]
]


@cache
def tree(module: ModuleType, mutations: Mutations) -> ast.Module:
    """A module of the reference with these mutations; raises LookupError where one fits nothing."""
    edits = [edit for mutation in mutations for edit in mutation.edits]
    return edited(ast.parse(inspect.getsource(module)), edits)


@cache
def step(cell: str, name: str = "step", mutations: Mutations = ()) -> stack.Step[Any]:
    """One time step of a cell, a mutated one where mutations are given."""
    module = CELLS[cell]
    functions = _functions(module, tree(module, mutations)) if mutations else vars(module)
    found: stack.Step[Any] = functions[name]
    return found


@cache
def forward(mutations: Mutations = ()) -> Forward:
    """All layers through all time steps, wired in another way where mutations are given."""
    found: Forward = _functions(stack, tree(stack, mutations))["forward"]
    return found if mutations else stack.forward


@cache
def traced(
    cell: str, name: str = "step", mutations: Mutations = ()
) -> Callable[..., dict[str, Tensor]]:
    """A step that returns all that it computes, by the names of the equations."""
    named = [
        node for node in tree(CELLS[cell], mutations).body if isinstance(node, ast.FunctionDef)
    ]
    body = ast.Module([_returning_all(one) if one.name == name else one for one in named], [])
    found: Callable[..., dict[str, Tensor]]
    found = _functions(CELLS[cell], ast.fix_missing_locations(body))[name]
    return found


def _returning_all(function: ast.FunctionDef) -> ast.FunctionDef:
    values = ast.parse("return locals()").body
    kept = [node for node in function.body if not isinstance(node, ast.Return)]
    return ast.FunctionDef(function.name, function.args, [*kept, *values], [], None)


def _functions(module: ModuleType, changed: ast.Module) -> dict[str, Any]:
    """What the functions of a changed module are; all else is the module's own."""
    functions = [node for node in changed.body if isinstance(node, ast.FunctionDef)]
    plain = ast.parse("from __future__ import annotations").body
    code = compile(ast.Module([*plain, *functions], []), f"<mutated {module.__name__}>", "exec")
    names = dict(vars(module))
    exec(code, names)  # the reference's own lines, edited by the tables of this package
    return names
