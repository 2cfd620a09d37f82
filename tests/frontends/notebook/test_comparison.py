"""Functions as they are now beside those that their text makes."""

from __future__ import annotations

import ast
import dis
import functools
import sys
import types
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from _pytest.assertion.rewrite import rewrite_asserts

from pytest_deeprnn.frontends.notebook.comparison import Comparison

TEXT = """
import functools
import torch
import torch.nn.functional as F
from torch import tanh as act

scale = 0.01
calls = 0
seen = {"calls": 0, "act": torch.tanh}

def step(X, H, W, eps=1e-8, *, where=act):
    \"\"\"One step.\"\"\"
    total = 0
    for x, w in zip(X, W):
        if x is None or w in (1, 2):
            continue
        total = total + x * w + F.relu(H)
    return where(total) * scale

class Net:
    factor = 2
    def __init__(self, inner):
        self.inner = inner
    def __call__(self, x):
        return self.inner(x) + super().__repr__.__name__
    @staticmethod
    def plain(x):
        return [y for y in x if y] or {1, 2, 3}

def make(kind, sigma=0.5):
    def forward(inputs, state, params):
        global calls
        calls += 1
        seen["calls"] += 1
        assert inputs is not None, "no inputs"
        return kind(step(inputs, state, params)) * sigma
    return forward

forward = make(torch.tanh)
lambda_ = lambda i, s, p: (step(i, s, p), s)
part = functools.partial(step, eps=0.1)
net = Net(make(torch.relu))
method = net.__call__
static = Net.plain
no_grad = torch.no_grad()(make(torch.tanh))
counted = functools.wraps(forward)(lambda *given: forward(*given))
"""
NAMES = ("step", "forward", "lambda_", "part", "net", "method", "static", "no_grad", "counted")
Loaded = types.ModuleType


def _whole(text: str, name: str = "mine") -> Loaded:
    """A module as Python imports it."""
    module = types.ModuleType(name)
    exec(compile(text, f"{name}.py", "exec", dont_inherit=True), module.__dict__)
    return module


def _by_statements(text: str, name: str = "submission", line: int = 0) -> Loaded:
    """A module as the grader loads it, and a notebook's cells are."""
    module = types.ModuleType(name)
    for node in ast.parse(text).body:
        ast.increment_lineno(node, line)
        exec(compile(ast.Module([node], []), "cells", "exec", dont_inherit=True), module.__dict__)
    return module


def _difference(live: Loaded, text: str, name: str) -> str | None:
    comparison = Comparison({"submission"}, {"submission": {"scale"}})
    return comparison.difference(getattr(live, name), getattr(_by_statements(text), name), name)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("load", [_whole, functools.partial(_by_statements, name="m", line=70)])
def test_the_same_text_is_the_same(load: Callable[[str], Loaded], name: str) -> None:
    assert _difference(load(TEXT), TEXT, name) is None


@pytest.mark.parametrize(
    ("old", "new", "names", "told"),
    [
        ("where(total)", "torch.sigmoid(total)", NAMES[:6], "step"),
        ("x * w", "w * x", NAMES[:6], "step"),
        ("1e-8", "1e-6", NAMES[:4], "step"),
        ("(1, 2)", "(1, 3)", NAMES[:3], "step"),
        ("F.relu(H)", "F.silu(H)", ("step", "lambda_"), "step"),
        ("scale = 0.01", "scale = 1.0", ("step", "forward", "net"), "scale"),
        ("import tanh as act", "import sigmoid as act", ("step", "part"), "step"),
        ("forward = make(torch.tanh)", "forward = make(torch.relu)", ("forward",), "forward"),
        ("make(torch.tanh)\nlambda", "make(torch.tanh, 0.7)\nlambda", ("forward",), "forward"),
        ("(step(i, s, p), s)", "(step(i, s, p), i)", ("lambda_",), "lambda_"),
        ("eps=0.1", "eps=0.2", ("part",), "part"),
        ("Net(make(torch.relu))", "Net(make(torch.tanh))", ("net", "method"), "inner"),
        ("__.__name__", "__.__doc__", ("net", "method"), "__call__"),
        ("if y] or", "if not y] or", ("static",), "static"),
        ("torch.no_grad()(make(torch.tanh))", "torch.no_grad()(step)", ("no_grad",), "func"),
        ("lambda *given: forward", "lambda *given: step", ("counted",), "counted"),
        ('"act": torch.tanh', '"act": torch.relu', ("forward",), "seen"),
    ],
)
def test_another_text_is_another_function(
    old: str, new: str, names: tuple[str, ...], told: str
) -> None:
    assert TEXT.count(old) == 1
    for name in names:
        assert _difference(_whole(TEXT), TEXT.replace(old, new), name) is not None
    assert _difference(_whole(TEXT), TEXT.replace(old, new), names[0]) == told


def test_what_a_run_has_changed_is_no_other_text() -> None:
    live: Any = _whole(TEXT)
    live.calls, live.seen["calls"], live.net.factor = 5, 7, 3
    assert [_difference(live, TEXT, name) for name in NAMES] == [None] * len(NAMES)


def test_what_was_put_in_its_place_is_told() -> None:
    live: Any = _whole(TEXT)
    live.step = lambda *given: 0
    assert _difference(live, TEXT, "forward") == "step"
    live.forward = functools.partial(live.forward)
    assert _difference(live, TEXT, "forward") == "forward"
    live.static = len
    assert _difference(live, TEXT, "static") == "static"


def test_comments_docstrings_and_lines_do_not_matter() -> None:
    moved = TEXT.replace("    total = 0", "    # the sum\n\n    total = 0").replace("One", "1")
    assert [_difference(_whole(TEXT), moved, name) for name in NAMES] == [None] * len(NAMES)


def _asserts_rewritten(text: str) -> Loaded:
    module, tree = types.ModuleType("mine"), ast.parse(text)
    rewrite_asserts(tree, text.encode())
    exec(compile(tree, "mine.py", "exec"), module.__dict__)
    return module


def _annotated(text: str) -> Loaded:
    return _whole(f"from __future__ import annotations\n{text}")


def _told_apart_by_a_profiler(text: str) -> Loaded:
    """line_profiler adds steps that do nothing, so that no two functions have one code."""
    module = _whole(text)
    for made in (module.step, module.forward):
        padded = made.__code__.co_code + bytes([dis.opmap["NOP"], 0]) * 3
        made.__code__ = made.__code__.replace(co_code=padded)
    return module


@pytest.mark.parametrize("load", [_asserts_rewritten, _annotated, _told_apart_by_a_profiler])
def test_tools_that_rewrite_code_make_no_other_function(load: Callable[[str], Loaded]) -> None:
    text = TEXT.replace("def forward(inputs,", "def forward(inputs: torch.Tensor,")
    assert [_difference(load(text), text, name) for name in NAMES] == [None] * len(NAMES)
    other = text.replace("kind(step(", "torch.sigmoid(step(")
    assert _difference(load(text), other, "forward") == "forward"


@pytest.fixture
def traced() -> Iterator[None]:
    """As under a debugger, or where coverage is measured."""

    def trace(*given: Any) -> Any:
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    yield
    sys.settrace(before)


@pytest.mark.usefixtures("traced")
def test_a_trace_makes_no_other_function() -> None:
    live: Any = _whole(TEXT)
    live.static([1, 0])
    assert _difference(live, TEXT, "static") is None


def test_what_torch_compile_was_given_counts() -> None:
    text = "import torch\ndef forward(i, s, p):\n    return torch.tanh(i), s\n"
    live: Any = _whole(text)
    given, live.forward = live.forward, lambda *_: None
    live.forward._torchdynamo_orig_callable = given  # compiling itself takes seconds
    assert _difference(live, text, "forward") is None
    assert _difference(live, text.replace("tanh", "relu"), "forward") == "forward"
