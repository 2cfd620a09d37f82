"""Lists the names at module level that may hold functions which the text does not show."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from pytest_deeprnn.submission.harmless import definitions, is_harmless
from pytest_deeprnn.submission.prepare import Prepared
from pytest_deeprnn.submission.registries import filled
from pytest_deeprnn.submission.synonyms import EXPECTED, name_score
from pytest_deeprnn.submission.syntax import Statement


def unread_names(prepared: Prepared) -> tuple[str, ...]:
    """Return the names of classes, own modules, and of what calls and containers may hold.

    What it would take to train, read or print for is left out.
    """
    known = {function.name for function in prepared.functions}
    own = _own_names(prepared)
    registries = {name for _, name in filled(one.node for one in prepared.usable)}
    made = definitions(prepared.usable)
    names: dict[str, None] = {}
    for statement in prepared.usable:
        may_hold = statement.binds & registries or _may_hold(statement, own)
        if may_hold and is_harmless(statement.node, made):
            names.update(dict.fromkeys(sorted(statement.binds - known)))
    return tuple(names)


def is_doubtful(prepared: Prepared, names: tuple[str, ...]) -> bool:
    """Tell whether such a name fits a role better than the function that was found for it."""
    for role in EXPECTED:
        binding = getattr(prepared.contract, role)
        found = 0 if binding is None else name_score(binding.function.last, role)
        if any(name_score(name, role) > max(found, 1) for name in names):
            return True
    return False


def _own_names(prepared: Prepared) -> set[str]:
    """Names of definitions, and of what comes from modules beside the file."""
    beside = {helper.name.split(".")[0] for helper in prepared.load.helpers}
    own = {function.root for function in prepared.functions}
    for statement in prepared.usable:
        if isinstance(statement.node, ast.ClassDef) or beside & set(_modules(statement.node)):
            own |= statement.binds
    return own


def _modules(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name.split(".")[0] for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        yield (node.module or "").split(".")[0]


def _may_hold(statement: Statement, own: set[str]) -> bool:
    """Tell whether a statement may give a name a function of the submission's own."""
    node = statement.node
    if isinstance(node, ast.ClassDef | ast.Import | ast.ImportFrom):
        return bool(statement.binds & own)
    if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
        return False
    if isinstance(node.value, ast.Constant | ast.BinOp | ast.Compare | ast.JoinedStr):
        return False
    parts = list(ast.walk(node.value))
    names = {part.id for part in parts if isinstance(part, ast.Name)}
    # what was bound by such a statement is its own as well: parts = make(); net = parts[2]
    holds = bool(names & own) or any(isinstance(part, ast.Lambda) for part in parts)
    if holds:
        own |= statement.binds
    return holds
