"""Statements that set torch for the whole program: they bind no name, yet all the rest needs them.

Those that change no number, like the number of threads, are left out: they need not run.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable

_SETTERS = frozenset(
    ("set_default_dtype", "set_default_tensor_type", "set_default_device", "set_grad_enabled")
)
_SEEDS = frozenset(("manual_seed",))
_GRADIENT_CONTEXTS = frozenset(("no_grad", "enable_grad", "set_grad_enabled"))


def sets_torch(node: ast.stmt) -> bool:
    """Whether a statement sets a default of torch, alone or under conditions on the machine."""
    match node:
        case ast.Expr(value=ast.Call() as call):
            return _is_setter(call)
        case ast.If(body=body, orelse=other):
            inner = [*body, *other]
        case ast.Try(body=body, handlers=handlers, orelse=other, finalbody=last):
            inner = [*body, *other, *last, *(one for h in handlers for one in h.body)]
        case _:
            return False
    return any(sets_torch(one) for one in inner) and all(
        sets_torch(one) or _is_harmless(one) for one in inner
    )


def modules_that_set(modules: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Those of some modules, by name and text, that set torch where they are imported."""
    return frozenset(
        name
        for name, text in modules
        if any(setter in text for setter in _SETTERS)
        and any(sets_torch(node) for node in ast.parse(text).body)
    )


def imports_one(node: ast.stmt, modules: frozenset[str]) -> bool:
    """Whether a statement imports one of these modules."""
    match node:
        case ast.Import(names=names):
            return any(alias.name in modules for alias in names)
        case ast.ImportFrom(module=module):
            return module in modules
        case _:
            return False


def setters(node: ast.AST, *names: str) -> list[ast.Call]:
    """The calls of these setters within a tree, in the order of their lines."""
    calls = [inner for inner in ast.walk(node) if isinstance(inner, ast.Call)]
    found = [call for call in calls if called(call) in names]
    return sorted(found, key=lambda call: (call.lineno, call.col_offset))


def called(call: ast.Call) -> str:
    """The last name of what is called: `set_default_dtype` of `torch.set_default_dtype(...)`."""
    function = call.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _is_setter(call: ast.Call) -> bool:
    if called(call) in _SETTERS | _SEEDS:
        return _is_torchs(call.func)
    entered = call.func.value if isinstance(call.func, ast.Attribute) else None
    return (
        called(call) == "__enter__"
        and isinstance(entered, ast.Call)
        and called(entered) in _GRADIENT_CONTEXTS
    )


def _is_torchs(function: ast.expr) -> bool:
    """A bare name that was imported, or an attribute of modules: no object's own method."""
    while isinstance(function, ast.Attribute):
        function = function.value
    return isinstance(function, ast.Name)


def _is_harmless(node: ast.stmt) -> bool:
    """What may stand beside a setting under one condition: an assignment, a print, pass."""
    if isinstance(node, ast.Expr):
        shown = node.value
        return isinstance(shown, ast.Constant) or (
            isinstance(shown, ast.Call) and called(shown) == "print"
        )
    return isinstance(node, ast.Pass | ast.Assign | ast.AnnAssign)
