"""Edits of the reference's syntax trees: another expression in the place of one."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from typing import TypeVar

Statement = TypeVar("Statement", bound=ast.stmt)


@dataclass(frozen=True)
class Edit:
    """Another expression where one stands.

    `place` is the name whose line is meant: the one assigned, looped over or appended to, or
    "return". An empty `new` drops a term of a sum, and of a call all but what it is called with.
    """

    place: str
    old: str
    new: str


@dataclass(frozen=True)
class Mutation:
    """One named fault: its root cause, the gate, what the network does, and the edits that do it.

    Without edits it is known by what it does, but no changed reference stands for it.
    """

    code: str
    gate: str
    text: str
    edits: tuple[Edit, ...] = ()

    @property
    def id(self) -> str:
        """What a finding names it by."""
        return f"{self.code} {self.gate} {self.text}"

    @property
    def changes_old(self) -> bool:
        """Whether it changes the terms of a sum in which the old state stands."""
        return any(_old_terms(edit.old) != _old_terms(edit.new) for edit in self.edits)

    @property
    def equation(self) -> str:
        """The first line that it changes, as its edits name it; empty without edits."""
        return self.edits[0].place if self.edits else ""


def _old_terms(text: str) -> set[str]:
    """The terms of an expression that hold the old state H or C."""
    if not text:
        return set()
    waiting, found = [ast.parse(text, mode="eval").body], set[str]()
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            waiting += [node.left, node.right]
        elif any(isinstance(one, ast.Name) and one.id in ("H", "C") for one in ast.walk(node)):
            found.add(ast.unparse(node))
    return found


def edited(tree: ast.Module, edits: Iterable[Edit]) -> ast.Module:
    """Apply edits one after another to a copy; raises LookupError where one fits nothing."""
    for edit in edits:
        replacer = _Replacer(edit)
        tree = replacer.visit(deepcopy(tree))
        if not replacer.count:
            raise LookupError(f"{edit} fits nothing")
    return ast.fix_missing_locations(tree)


class _Replacer(ast.NodeTransformer):
    """Looks at the lines of one place only."""

    def __init__(self, edit: Edit) -> None:
        self.count = 0
        self._edit = edit
        self._old = ast.dump(ast.parse(edit.old, mode="eval").body)

    def visit_Assign(self, node: ast.Assign) -> ast.Assign:
        return self._within(node, node.targets[0], "value")

    def visit_Return(self, node: ast.Return) -> ast.Return:
        return self._within(node, ast.Name("return"), "value")

    def visit_For(self, node: ast.For) -> ast.For:
        self._within(node, node.target, "iter")
        node.body = [self.visit(statement) for statement in node.body]
        return node

    def visit_Expr(self, node: ast.Expr) -> ast.Expr:
        match node.value:
            case ast.Call(func=ast.Attribute(value=owner)):
                return self._within(node, owner, "value")
        return node

    def _within(self, node: Statement, named: ast.expr, field: str) -> Statement:
        names = {one.id for one in ast.walk(named) if isinstance(one, ast.Name)}
        if self._edit.place in names:
            setattr(node, field, self._replaced(getattr(node, field)))
        return node

    def _replaced(self, node: ast.expr) -> ast.expr:
        if self._is_old(node) and self._edit.new:
            self.count += 1
            return ast.parse(self._edit.new, mode="eval").body
        match node:
            case ast.BinOp(left=left, op=ast.Add(), right=right) if not self._edit.new:
                for term, rest in ((left, right), (right, left)):
                    if self._is_old(term):
                        self.count += 1
                        return rest
            case ast.Call(func=function, args=[argument]) if not self._edit.new:
                if self._is_old(function):
                    self.count += 1
                    return argument
        for name, value in ast.iter_fields(node):
            if isinstance(value, ast.expr):
                setattr(node, name, self._replaced(value))
            elif isinstance(value, list):
                changed = [self._replaced(v) if isinstance(v, ast.expr) else v for v in value]
                setattr(node, name, changed)
        return node

    def _is_old(self, node: ast.expr) -> bool:
        return ast.dump(node) == self._old
