"""Says what a submission has in the place of a function that is missing: the nearest thing."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from pytest_deeprnn.core.finding import Place
from pytest_deeprnn.core.function_roles import FunctionRole
from pytest_deeprnn.submission.prepare import Prepared
from pytest_deeprnn.submission.synonyms import REQUIRED, Kind, name_score

_SAID: dict[Kind, str] = {
    "vocab": "vocab_size",
    "hiddens": "num_hiddens",
    "layers": "num_layers",
    "batch": "batch_size",
}
_MOST_NAMES = 6


@dataclass(frozen=True)
class Nearest:
    """What stands in the place of a function and where, as a clause, and what to do about it.

    `is_name` where the clause begins with a name of the submission's.
    """

    text: str
    advice: str
    place: Place
    is_name: bool = True


def nearest(prepared: Prepared, role: FunctionRole) -> Nearest:
    """Find what comes nearest to a missing function: one of its name, a class, or what there is."""
    for find in (_function, _inner_function, _class):
        found = find(prepared, role)
        if found is not None:
            return found
    return Nearest(_contents(prepared), _asked(role), Place(), is_name=False)


def _function(prepared: Prepared, role: FunctionRole) -> Nearest | None:
    """A function whose name fits: then its arguments do not."""
    taken = [binding.function.name for _, binding in prepared.contract.bindings()]
    scored = [
        (name_score(one.last, role), index, one)
        for index, one in enumerate(prepared.functions)
        if one.name not in taken
    ]
    score, _, function = max(scored, default=(0, 0, None))
    if function is None or score < 2:
        return None
    file = prepared.filename_of(function)
    line = prepared.line_said(file, function.line)
    takes = _listed([one.name for one in function.arguments]) or "no argument"
    text = f"{function.name} ({line}) takes {takes}"
    return Nearest(text, _asked(role), Place(file, function.line))


def _inner_function(prepared: Prepared, role: FunctionRole) -> Nearest | None:
    """A function of the name inside another one, where nobody can call it, or an awaited one."""
    for piece, node in _nodes(prepared):
        if isinstance(node, ast.AsyncFunctionDef) and name_score(node.name, role) > 1:
            told = f"{node.name} (line {node.lineno}) is async"
            return Nearest(told, _asked(role), _place(prepared, piece, node))
        if not isinstance(node, ast.FunctionDef):
            continue
        inner = _named_inside(node, role)
        if inner is not None:
            told = (
                f"{inner.name} (line {inner.lineno}) stands inside {node.name} (line "
                f"{node.lineno}), where it cannot be called"
            )
            return Nearest(told, _asked(role), _place(prepared, piece, inner))
    return None


def _named_inside(node: ast.FunctionDef, role: FunctionRole) -> ast.FunctionDef | None:
    inner = (one for one in ast.walk(node) if isinstance(one, ast.FunctionDef) and one is not node)
    return next((one for one in inner if name_score(one.name, role) > 1), None)


def _class(prepared: Prepared, role: FunctionRole) -> Nearest | None:
    """A class that may be the network: the last one that has a forward, else the last one."""
    classes = [(piece, node) for piece, node in _nodes(prepared) if isinstance(node, ast.ClassDef)]
    networks = [one for one in classes if _methods(one[1]) & {"forward", "__call__"}]
    if not classes:
        return None
    piece, node = (networks or classes)[-1]
    told = f"{node.name} (line {node.lineno}) is a class"
    advice = f"{_asked(role)}: write it beside the class and let it {_around(node.name, role)}"
    return Nearest(told, advice, _place(prepared, piece, node))


def _place(prepared: Prepared, piece: int, node: ast.stmt) -> Place:
    return Place(prepared.source.pieces[piece].filename, node.lineno)


def _methods(node: ast.ClassDef) -> set[str]:
    return {inner.name for inner in node.body if isinstance(inner, ast.FunctionDef)}


def _around(name: str, role: FunctionRole) -> str:
    return {
        "get_params": f"make a {name} of these sizes and return its parameters",
        "init_state": "return zeros (batch_size, num_hiddens) for each layer",
        "forward": f"run a {name} with these parameters and return outputs and new state",
    }[role]


def _contents(prepared: Prepared) -> str:
    """What the file has at all."""
    names = [function.name for function in prepared.functions]
    if names:
        return f"the file defines {_listed(names)}"
    if prepared.statements:
        return f"the file is a script of {len(prepared.statements)} statements without a function"
    return "the file holds no statement"


def _nodes(prepared: Prepared) -> Iterator[tuple[int, ast.stmt]]:
    """The statements at module level, each with the number of its piece."""
    return ((statement.piece, statement.node) for statement in prepared.statements)


def _asked(role: FunctionRole) -> str:
    wanted = [_SAID.get(kind, kind) for kind in REQUIRED[role]]
    return f"{role} is asked to take {_listed(wanted)}"


def _listed(names: list[str]) -> str:
    shown = names if len(names) <= _MOST_NAMES else [*names[: _MOST_NAMES - 1], "…"]
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)
