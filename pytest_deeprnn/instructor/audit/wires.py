"""How the layers hang together, read out of the mutated syntax tree of stack.py.

Expressions are brought into one form: `carried[i][p]`, `new[i][p]` and `given[i][p]` are part p
(0: H, 1: C) of layer i's state before the step, after it, and as forward was given it; `below` is
what lies under the layer; `hiddens` is true after the first step. Layers count from 0 here.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass

from pytest_deeprnn.instructor.audit.equations import expression
from pytest_deeprnn.mutations.compiled import tree
from pytest_deeprnn.mutations.mutation import Mutation
from pytest_deeprnn.reference import stack

_CROSSED = "carried[::-1] if hiddens else carried"


@dataclass(frozen=True)
class Wires:
    """The expressions of stack.forward that mutations change."""

    inputs: str
    states: str
    reads: str
    takes: str
    shown: str
    outputs: str
    returned: str
    state: str

    @property
    def crossed(self) -> bool:
        """Whether the layers take each other's states, last for first."""
        return self.states == _CROSSED

    def read_by(self, layer: int) -> str:
        """What the layer multiplies with W_x."""
        return ast.unparse(_Settled(layer).visit(_renamed(self.reads, {"H": "below"})))

    def taken_by(self, layer: int, part: int) -> str:
        """What the layer takes as its own old state."""
        kind = "given" if self.states == "state" else "carried"
        return ast.unparse(_part(expression(self.takes), layer, part, kind))

    @property
    def shown_to_output(self) -> str:
        """What the output layer multiplies with W_hq."""
        shown = _renamed(self.shown, {"H": "below"})
        return ast.unparse(_part(shown, -1, 0, "carried") if "old" in self.shown else shown)


def read(mutations: tuple[Mutation, ...]) -> Wires:
    """Take the expressions out of the tree; raises LookupError where a mutation fits nothing."""
    changed = tree(stack, mutations)
    forward = next(n for n in changed.body if getattr(n, "name", "") == "forward")
    assert isinstance(forward, ast.FunctionDef)
    steps = next(node for node in forward.body if isinstance(node, ast.For))
    layers = next(node for node in steps.body if isinstance(node, ast.For))
    call, pairs, appended = _call(layers.body[0]), layers.iter, _call(steps.body[-1])
    returned = forward.body[-1]
    assert isinstance(pairs, ast.Call)
    assert isinstance(returned, ast.Return)
    assert isinstance(returned.value, ast.Tuple)
    outputs = forward.body[-2]
    assert isinstance(outputs, ast.Assign)
    texts = [
        steps.iter,
        pairs.args[1],
        *call.args[:2],
        appended.args[0],
        outputs.value,
        *returned.value.elts,
    ]
    return Wires(*(ast.unparse(one) for one in texts))


def _call(node: ast.stmt) -> ast.Call:
    assert isinstance(node, ast.Assign | ast.Expr)
    assert isinstance(node.value, ast.Call)
    return node.value


def _renamed(text: str, names: dict[str, str]) -> ast.expr:
    tree_ = expression(text)
    for node in ast.walk(tree_):
        if isinstance(node, ast.Name):
            node.id = names.get(node.id, node.id)
    return tree_


class _Settled(ast.NodeTransformer):
    """Decides the conditions that a layer's number decides."""

    def __init__(self, layer: int) -> None:
        self._layer = layer

    def visit_IfExp(self, node: ast.IfExp) -> ast.expr:
        truth = _truth(node.test, self._layer)
        if truth is None:
            return node
        found: ast.expr = self.visit(node.body if truth else node.orelse)
        return found


def _truth(test: ast.expr, layer: int) -> bool | None:
    match test:
        case ast.Name(id="new"):
            return layer > 0
        case ast.Compare(left=ast.Call(), comparators=[ast.Constant(value=number)]):
            return bool(layer == number)
    return None


def _part(node: ast.expr, layer: int, part: int, kind: str) -> ast.expr:
    """One part of a layer's state, where the expression gives the state as a whole."""
    node = _Settled(layer).visit(node)
    match node:
        case ast.Name(id="old"):
            return expression(f"{kind}[{layer}][{part}]")
        case ast.Subscript(value=ast.Name(id="old"), slice=ast.Constant(value=int(which))):
            return expression(f"{kind}[{layer}][{which}]")
        case ast.Subscript(value=ast.Subscript()):
            return node
        case ast.Subscript(value=ast.Name(), slice=ast.IfExp(test, body, orelse)):
            ends = (ast.Subscript(node.value, one, ast.Load()) for one in (body, orelse))
            return ast.IfExp(test, *(_part(one, layer, part, kind) for one in ends))
        case ast.Subscript(value=ast.Name(id="new")) if ast.unparse(node.slice) == "-1":
            return expression(f"new[{layer - 1}][{part}]")
        case ast.Subscript(value=ast.Name()):
            return expression(f"{ast.unparse(node)}[{part}]")
        case ast.Tuple(elts=[first, ast.Starred()]):
            old = ast.Name("old", ast.Load())
            return _part(old if part else first, layer, part, kind)
        case ast.Tuple(elts=elements):
            return _part(elements[part], layer, part, kind)
        case ast.Call():  # tuple(torch.zeros_like(part) for part in old)
            old_part = _part(ast.Name("old", ast.Load()), layer, part, kind)
            return expression(f"torch.zeros_like({ast.unparse(old_part)})")
    raise LookupError(f"{ast.unparse(node)} is no state")
