"""Finds the sizes that functions read at module level, and numbers for what fails there."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from pytest_deeprnn.submission import syntax
from pytest_deeprnn.submission.binding import Binding
from pytest_deeprnn.submission.configs import configs, size_paths
from pytest_deeprnn.submission.functions import assigned_names
from pytest_deeprnn.submission.synonyms import FIXED, Kind, hinted_kind, kind_of
from pytest_deeprnn.submission.syntax import Statement

_DEEP = 2  # layers, where the file alone knows their number and it cannot be read
_SETTABLE = ("vocab", "hiddens", "batch", "device")


def sizes_read(usable: list[Statement], binding: Binding) -> dict[str, Kind]:
    """Find the sizes that one function reads at module level and does not take."""
    kept = syntax.kept(usable, binding.roots)
    known = configs(usable)
    own = ((name, kind) for name, kind in _own_sizes(kept) if name not in known)
    places = (*own, *size_paths(kept, binding, known))
    return {
        place: kind for place, kind in places if kind in _SETTABLE and kind not in binding.kinds
    }


def _own_sizes(kept: list[Statement]) -> Iterator[tuple[str, Kind]]:
    """Names of sizes that statements bind at module level, and others read."""
    needed = {name for statement in kept for name in statement.needs}
    for statement in kept:
        if isinstance(statement.node, ast.Assign | ast.AnnAssign):
            pairs = assigned_names(statement.node)
            letters = {name for name, value in pairs if name in "VHB" and _is_count(value)}
            for name in statement.binds & needed:
                kind = kind_of(name, "get_params") if len(name) > 1 or name in letters else None
                if kind is not None:
                    yield name, kind


def stand_ins(kept: list[Statement]) -> Iterator[tuple[str, int | float]]:
    """Yield numbers for names that are no size of a case, where their statements fail here."""
    for statement in kept:
        if isinstance(statement.node, ast.Assign | ast.AnnAssign):
            for name in statement.binds:
                kind = kind_of(name, "get_params") or hinted_kind(name, "get_params")
                if kind == "layers" and (len(name) > 1 or name == "L"):
                    yield name, _DEEP
                elif kind in FIXED:
                    yield name, FIXED[kind]


def _is_count(value: ast.expr) -> bool:
    """Tell whether a name of one letter can be trusted to be a size: `V = len(chars)`."""
    match value:
        case ast.Call(func=ast.Name(id="len" | "int")) | ast.Constant(value=int()):
            return True
        case ast.Subscript() | ast.Attribute():
            return True
        case _:
            return False
