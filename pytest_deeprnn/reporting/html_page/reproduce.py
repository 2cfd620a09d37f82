"""A failed case as Python that a learner pastes below their code: it calls their own functions."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from jinja2 import Environment

from pytest_deeprnn.core.function_roles import FUNCTION_ROLES
from pytest_deeprnn.core.report import CheckResult, Example, Report, Status

_LETTERS = ("V", "H", "L", "B", "T")
#: The check whose failure shows without a number: in shapes, or as an exception.
_SHAPES = "output-shape"
#: Names that the program uses itself: a function called so could not be reached from within.
_OWN = {
    *_LETTERS,
    *("torch", "device", "dtype", "before", "generator", "drawn", "params", "state"),
    *("tokens", "inputs", "outputs", "new_state", "result", "deeprnn_case"),
}
#: What a place is made of; anything else is not put into a program.
_PLACE = (ast.Expression, ast.Name, ast.Load, ast.Attribute, ast.Subscript, ast.Tuple, ast.Constant)


@dataclass(frozen=True)
class Snippet:
    """The program, and the check whose case it is."""

    check: CheckResult
    code: str


def snippet(report: Report, environment: Environment) -> Snippet | None:
    """The first failed case that a short program can make again; None where there is none."""
    calls: dict[str, str] = {function.role: function.call for function in report.functions}
    if not all(calls.get(role) for role in FUNCTION_ROLES) or _OWN & {
        one.name for one in report.functions
    }:
        return None
    for check in report.checks:
        example = check.example
        if check.status is Status.FAIL and example is not None and _is_told(check, example):
            code = _text(example, calls, environment)
            return None if code is None else Snippet(check, code)
    return None


def _is_told(check: CheckResult, example: Example) -> bool:
    """Whether one call of each function shows what the check saw."""
    if example.drawn is None:
        return False
    return _is_place(example.place) if example.place else check.id == _SHAPES


def _text(example: Example, calls: dict[str, str], environment: Environment) -> str | None:
    sizes = dict(_sizes(example.sizes))
    if set(sizes) != set(_LETTERS):
        return None
    plain = environment.overlay(autoescape=False)  # Python; the page escapes it as a whole
    template = plain.get_template("snippet.py.j2")
    return template.render(example=example, sizes=sizes, calls=calls, drawn=example.drawn)


def _sizes(told: dict[str, int]) -> Iterator[tuple[str, int | list[int]]]:
    """The book's letters; H is a list where each layer has its own width."""
    widths = [told[name] for name in (f"H{n}" for n in range(1, len(told) + 1)) if name in told]
    if widths:
        yield "H", widths
    for name in _LETTERS:
        if name in told:
            yield name, told[name]


def _is_place(text: str) -> bool:
    """Whether a text is a name with indices only: parts of it come from a worker."""
    try:
        nodes = list(ast.walk(ast.parse(text, mode="eval")))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return len(text.splitlines()) == 1 and all(isinstance(node, _PLACE) for node in nodes)
