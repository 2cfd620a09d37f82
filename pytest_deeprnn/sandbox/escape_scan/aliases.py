"""Knows torch and the interpreter's modules by the names that a text gives them."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping

_ROOTS = frozenset(("torch", "inspect", "builtins"))
#: Parts of torch that are imported by themselves, and whose own parts nobody needs to set.
_PARTS = frozenset(("nn", "Tensor", "autograd", "ops", "overrides", "_C", "_VF"))


def aliases(trees: Iterable[ast.AST]) -> dict[str, str]:
    """Map the names of `import torch as t` and `from torch import nn` to what they stand for."""
    found: dict[str, str] = {}
    for node in (inner for tree in trees for inner in ast.walk(tree)):
        match node:
            case ast.Import(names=names):
                for one in names:
                    if one.asname and one.name.split(".")[0] in _ROOTS:
                        found[one.asname] = one.name
            case ast.ImportFrom(module="torch", names=names):
                for one in names:
                    if one.name in _PARTS:
                        found[one.asname or one.name] = f"torch.{one.name}"
    return found


def whole(path: str, known: Mapping[str, str]) -> str:
    """Write a dotted path with the module's own name at its beginning."""
    first, dot, rest = path.partition(".")
    return f"{known.get(first, first)}{dot}{rest}"
