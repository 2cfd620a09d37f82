"""The student's line that a root cause lies in, searched for in the syntax tree."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from pytest_deeprnn.finding import Finding, Place
from pytest_deeprnn.submission.contract import Binding
from pytest_deeprnn.submission.names import Kind
from pytest_deeprnn.submission.prepare import Prepared

Search = Callable[[ast.FunctionDef, Binding], ast.AST | None]


def find(prepared: Prepared, finding: Finding) -> Place:
    """Where the submission's text shows what the code predicts; an empty place if nowhere."""
    for role, search in _SEARCHES.get(finding.code, ()):
        if finding.function not in (None, role):
            continue
        binding: Binding | None = getattr(prepared.contract, role)
        node = None if binding is None else _definition(prepared, binding)
        if node is None or binding is None or binding.function.piece is None:
            continue
        found = search(node, binding)
        if found is not None:
            filename = prepared.source.pieces[binding.function.piece].filename
            return Place(filename, getattr(found, "lineno", None))
    return Place()


def _definition(prepared: Prepared, binding: Binding) -> ast.FunctionDef | None:
    for statement in reversed(prepared.statements):
        node = statement.node
        here = statement.piece == binding.function.piece
        if here and isinstance(node, ast.FunctionDef) and node.lineno == binding.function.line:
            return node
    return None


def _argument(binding: Binding, kind: Kind) -> str | None:
    return next((name for name, found in binding.keyword.items() if found == kind), None)


def _unpacked_twice(node: ast.FunctionDef, binding: Binding) -> ast.AST | None:
    """The second statement that takes its state from the whole of `state`."""
    name = _argument(binding, "state")
    taken = [
        inner
        for inner in ast.walk(node)
        if isinstance(inner, ast.Assign) and _is_part_of(inner.value, name)
    ]
    taken.sort(key=lambda inner: inner.lineno)
    seen: set[str] = set()
    for statement in taken:
        text = ast.unparse(statement.value)
        if text in seen:
            return statement
        seen.add(text)
    return None


def _is_part_of(value: ast.expr, name: str | None) -> bool:
    while isinstance(value, ast.Subscript):
        value = value.value
    return isinstance(value, ast.Name) and value.id == name


def _last_return(node: ast.FunctionDef, binding: Binding) -> ast.AST | None:
    returns = [inner for inner in _own(node) if isinstance(inner, ast.Return)]
    return max(returns, key=lambda inner: inner.lineno, default=None)


def _repeated_list(node: ast.FunctionDef, binding: Binding) -> ast.AST | None:
    """`[x] * n` or `(x,) * n`."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.BinOp) and isinstance(inner.op, ast.Mult):
            if isinstance(inner.left, ast.List | ast.Tuple):
                return inner
            if isinstance(inner.right, ast.List | ast.Tuple):
                return inner
    return None


def _detaching(node: ast.FunctionDef, binding: Binding) -> ast.AST | None:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Attribute) and inner.attr in (
            "detach",
            "detach_",
            "data",
            "no_grad",
        ):
            return inner
    return None


def _own(node: ast.FunctionDef) -> Iterator[ast.AST]:
    """The nodes of a function without those of functions inside it."""
    waiting: list[ast.AST] = list(node.body)
    while waiting:
        inner = waiting.pop()
        yield inner
        if not isinstance(inner, ast.FunctionDef | ast.Lambda | ast.ClassDef):
            waiting.extend(ast.iter_child_nodes(inner))


_SEARCHES: dict[str, tuple[tuple[str, Search], ...]] = {
    "shared-state": (("forward", _unpacked_twice), ("init_state", _last_return)),
    "state-aliased": (("init_state", _repeated_list), ("init_state", _last_return)),
    "params-shared": (("get_params", _repeated_list),),
    "state-not-returned": (("forward", _last_return),),
    "state-incomplete": (("forward", _last_return), ("init_state", _last_return)),
    "state-order": (("forward", _last_return),),
    "state-init": (("init_state", _last_return),),
    "state-shape": (("init_state", _last_return),),
    "output-shape": (("forward", _last_return),),
    "output-order": (("forward", _last_return),),
    "state-detached": (("forward", _detaching),),
}
