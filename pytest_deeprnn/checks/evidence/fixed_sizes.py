"""A size that is written into the code: where calls fail, the numbers in the text are tried."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace

import torch

from pytest_deeprnn.core.facts.parameters import OneSizeOnly, TurnedWeight
from pytest_deeprnn.core.finding import Finding, Place
from pytest_deeprnn.core.sizes import Sizes
from pytest_deeprnn.measurement.alignment.sensitivities import one_hot
from pytest_deeprnn.measurement.calls.runner import StudentLost, StudentRaised
from pytest_deeprnn.measurement.traces import Traces
from pytest_deeprnn.submission.prepare import Prepared
from pytest_deeprnn.submission.syntax import Statement

_RANGE = range(2, 1025)
_MOST = 8  # numbers that are tried


def written_size(traces: Traces) -> Finding | None:
    """The one size with which a call works that fails with others."""
    sizes = replace(traces.probe(traces.depths[0]), steps=3)
    if _runs(traces, sizes.with_hiddens(sizes.vocab)):
        leaf = _turned(traces, sizes)
        return Finding("params-shape", TurnedWeight(), function="get_params", leaf=leaf)
    for number, place in _numbers(traces.prepared):
        for letter, tried in _with(sizes, number):
            if tried.vocab not in tried.lengths[1:] and _runs(traces, tried):
                return Finding("hardcoded-shape", OneSizeOnly(letter, number), place=place)
    return None


def _turned(traces: Traces, sizes: Sizes) -> str:
    """The matrix of shape (H, V) that should be (V, H), or the other way round."""
    floats = traces.student.params(sizes).floats
    up = [leaf.path for leaf in floats if leaf.shape == (sizes.hiddens, sizes.vocab)]
    down = [leaf.path for leaf in floats if leaf.shape == (sizes.vocab, sizes.hiddens)]
    if len(up) > 1:
        return f"params{up[0]}"
    return f"params{down[-1]}" if down and not up else ""  # the output weight is missing


def _numbers(prepared: Prepared) -> list[tuple[int, Place]]:
    """The whole numbers that stand in the functions' text, each with its first line."""
    found: dict[int, Place] = {}
    for statement in prepared.all_statements:
        if not isinstance(statement.node, ast.FunctionDef | ast.Assign):
            continue
        for inner in ast.walk(statement.node):
            if isinstance(inner, ast.Constant) and type(inner.value) is int:
                filename = prepared.pieces[statement.piece].filename
                if inner.value in _RANGE:
                    place = Place(filename, _use(prepared, statement) or inner.lineno)
                    found.setdefault(inner.value, place)
    return list(found.items())[:_MOST]


def _use(prepared: Prepared, statement: Statement) -> int | None:
    """The first line of a function that uses the name which a statement gives a number."""
    if not isinstance(statement.node, ast.Assign):
        return None
    for other in prepared.all_statements:
        if isinstance(other.node, ast.FunctionDef) and other.piece == statement.piece:
            for inner in ast.walk(other.node):
                if isinstance(inner, ast.Name) and inner.id in statement.binds:
                    return inner.lineno
    return None


def _with(sizes: Sizes, number: int) -> Iterator[tuple[str, Sizes]]:
    yield "H", sizes.with_hiddens(number)
    yield "V", replace(sizes, vocab=number)
    yield "B", replace(sizes, batch=number)
    yield "T", replace(sizes, steps=number)


def _runs(traces: Traces, sizes: Sizes) -> bool:
    student = traces.student
    try:
        params, state = student.params(sizes), student.state(sizes)
        tokens = torch.zeros(sizes.steps, sizes.batch, dtype=torch.int64)
        student.forward(sizes, one_hot(tokens, sizes.vocab), params.values, state.values)
    except (StudentRaised, StudentLost):
        return False
    return True
