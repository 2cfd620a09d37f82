"""Where forward draws random numbers, or takes what it kept among the params."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from pytest_deeprnn.core.finding import Place
from pytest_deeprnn.measurement.recording.recording import recording_of
from pytest_deeprnn.measurement.traces import Traces
from pytest_deeprnn.submission.prepare import Prepared

_DRAWING = (
    *("rand", "randn", "randint", "randperm", "rand_like", "randn_like", "randint_like"),
    *("normal", "bernoulli", "multinomial", "poisson", "binomial", "gumbel_softmax", "rrelu"),
    *("normal_", "bernoulli_", "uniform_", "exponential_", "random_", "geometric_", "cauchy_"),
    *("dropout", "dropout_", "alpha_dropout", "feature_dropout", "dropout1d", "dropout2d"),
)
_LAST_KEY = re.compile(r"\.(\w+)|\['([^']*)'\]")


def drawing(traces: Traces) -> Place:
    """The line of forward that draws random numbers, by torch or by a module named random."""
    recording = recording_of(traces, None)
    for step in () if recording is None else recording.steps:
        if step.operation in _DRAWING:
            return Place(step.frames[-1].filename, step.frames[-1].line)
    forward = traces.prepared.contract.forward
    for piece in traces.prepared.pieces:
        for node in ast.walk(piece.parse()):
            if isinstance(node, ast.FunctionDef) and forward is not None:
                line = _calls_random(node) if node.name == forward.function.name else None
                if line is not None:
                    return Place(piece.filename, line)
    return Place()


def _calls_random(function: ast.FunctionDef) -> int | None:
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and "random" in ast.unparse(node.func).split("."):
            return node.lineno
    return None


def kept_place(prepared: Prepared, paths: tuple[str, ...]) -> Place:
    """The line that takes what was kept under one of these paths, else the one that keeps it."""
    keys = [key for path in paths for key in _keys(path)]
    for piece in prepared.pieces:
        assigned = [one for one in ast.walk(piece.parse()) if isinstance(one, ast.Assign)]
        for key in keys:
            for loading in (True, False):
                for statement in assigned:
                    held = [statement.value] if loading else statement.targets
                    if any(_names(node, key, loading) for one in held for node in ast.walk(one)):
                        return Place(piece.filename, statement.lineno)
    return Place()


def _keys(path: str) -> Iterator[str]:
    """The names in a path, from its end."""
    for match in reversed(list(_LAST_KEY.finditer(path))):
        yield match[1] or match[2]


def _names(node: ast.AST, key: str, loading: bool) -> bool:
    """Whether an expression reads, or else writes, something under this name."""
    context = ast.Load if loading else ast.Store
    match node:
        case ast.Attribute(attr=name, ctx=how):
            return name == key and isinstance(how, context)
        case ast.Subscript(slice=ast.Constant(value=name), ctx=how):
            return bool(name == key) and isinstance(how, context)
        case ast.Call(func=ast.Attribute(attr="get"), args=[ast.Constant(value=name), *_]):
            return loading and bool(name == key)
    return False
