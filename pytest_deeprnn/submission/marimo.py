"""Reads a marimo notebook as a plain module: what stands in its cells stands at module level.

marimo saves a notebook as Python: a cell is a function under `@app.cell` whose arguments and
returned names marimo writes itself and does not read, `with app.setup:` comes first, and
`@app.function` and `@app.class_definition` mark what may stand at module level. It runs the cells
in one namespace, each after those whose names it reads (`dataflow`), and keeps `_names` to their
cell (`private`).
"""

from __future__ import annotations

import ast
import textwrap
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass

from pytest_deeprnn.submission import private
from pytest_deeprnn.submission.errors import Unreadable
from pytest_deeprnn.submission.rewriting import Lines
from pytest_deeprnn.submission.scopes import own_nodes

_WAY_OUT = (
    "This is a marimo notebook, its functions stand inside cells, and these cannot be read as one "
    "module: give each cell _names of its own, which the export mixes up, then export it by `marimo"
    " export script`, and hand in that file"
)
_AT_MODULE_LEVEL = ("function", "class_definition")
#: What a cell may hold, or holds by mistake, and a module may not.
_ONLY_IN_FUNCTIONS = (
    ast.Await,
    ast.AsyncFor,
    ast.AsyncWith,
    ast.Return,
    ast.Yield,
    ast.YieldFrom,
)
_Function = ast.FunctionDef | ast.AsyncFunctionDef
_Cell = ast.FunctionDef | ast.AsyncFunctionDef | ast.With

#: A message with its line and its cell, as a source tells what could not be read of it.
Problem = tuple[str, int | None, int | None]


@dataclass(frozen=True)
class Flat:
    """A notebook as the text of a module, in which every line keeps its number.

    `starts` are the first lines of its cells, and of what stands between them; `problems` are the
    cells that marimo does not run.
    """

    text: str
    starts: tuple[int, ...]
    problems: tuple[Problem, ...]


def flattened(text: str, module: ast.Module, cells: bool = True) -> Flat | None:
    """Lay a notebook's cells out at module level; None where the text is no marimo notebook.

    Without `cells` it is what another module imports of it. Raises Unreadable, with a way out,
    where they cannot be laid out.
    """
    app = _app(module)
    if app is None:
        return None
    try:
        return _laid_out(text, module, app, cells)
    except (SyntaxError, tokenize.TokenError):
        raise Unreadable(_WAY_OUT) from None


def _app(module: ast.Module) -> str | None:
    """The name that the notebook gives its `marimo.App(...)`."""
    modules, classes = set(), set()
    for node in module.body:
        if isinstance(node, ast.Import):
            modules |= {one.asname or one.name for one in node.names if one.name == "marimo"}
        elif isinstance(node, ast.ImportFrom) and node.module == "marimo":
            classes |= {one.asname or one.name for one in node.names if one.name == "App"}
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            made, target = node.value.func, node.targets[0]
            named = {f"{one}.App" for one in modules} | classes
            if ast.unparse(made) in named and isinstance(target, ast.Name):
                return target.id
    return None


def _laid_out(text: str, module: ast.Module, app: str, cells: bool) -> Flat:
    own = [node for node in module.body if _is_cell(node, app)]
    text = private.told_apart(text, [(first_line(one), last_line(one), one) for one in own])
    module, lines, problems = ast.parse(text), Lines(text), list[Problem]()
    for node in module.body:
        if cells or isinstance(node, ast.With) or not _is_cell(node, app):
            problems += _rewrite(node, app, lines)
        else:
            lines.empty(first_line(node), last_line(node))
    ast.parse(lines.text)
    return Flat(lines.text, tuple(first_line(node) for node in module.body), tuple(problems))


def _rewrite(node: ast.stmt, app: str, lines: Lines) -> Iterator[Problem]:
    """Write a top-level statement's lines anew; what is no cell stays as it stands."""
    if _is_cell(node, app):
        assert isinstance(node, _Cell)
        if _is_disabled(node):
            yield "this cell is disabled, so that marimo does not run it", node.lineno, None
            lines.empty(first_line(node), last_line(node))
        else:
            _unwrap(node, lines)
    elif isinstance(node, _Function | ast.ClassDef):
        for decorator in node.decorator_list:
            if _of_app(decorator, app) in _AT_MODULE_LEVEL:
                lines.empty(decorator.lineno, last_line(decorator))
    elif isinstance(node, ast.Expr) and _of_app(node.value, app) == "_unparsable_cell":
        yield _unparsable(node.value)


def _unwrap(cell: _Cell, lines: Lines) -> None:
    """Take a body out of its function: no header, no return, no indentation."""
    body = cell.body[0]
    start, column = first_line(body), lines.column(body.lineno, body.col_offset)
    for statement in reversed(cell.body):
        if any(isinstance(one, _ONLY_IN_FUNCTIONS) for one in own_nodes([statement])):
            lines.drop(statement)
    lines.empty(first_line(cell), start - 1)
    if lines.is_indentation(start, column):
        lines.dedent(start, last_line(cell), column)
    else:  # the body stands on the header's line
        lines.cut(start, column)


def _is_cell(node: ast.AST, app: str) -> bool:
    if isinstance(node, ast.With):
        return _of_app(node.items[0].context_expr, app) == "setup"
    return isinstance(node, _Function) and _marked(node, app) == "cell"


def _marked(node: _Function, app: str) -> str | None:
    """What of the app decorates a function."""
    marks = (_of_app(one, app) for one in node.decorator_list)
    return next((mark for mark in marks if mark), None)


def _of_app(node: ast.expr, app: str) -> str | None:
    """The attribute of the app that an expression names or calls: `app.cell(hide_code=True)`."""
    node = node.func if isinstance(node, ast.Call) else node
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return node.attr if node.value.id == app else None
    return None


def _is_disabled(cell: _Cell) -> bool:
    calls = [] if isinstance(cell, ast.With) else cell.decorator_list
    given = [word for call in calls if isinstance(call, ast.Call) for word in call.keywords]
    return any(one.arg == "disabled" and ast.unparse(one.value) == "True" for one in given)


def _unparsable(call: ast.expr) -> Problem:
    """What is wrong with a cell that marimo keeps as a string because it is no Python."""
    kept = call.args[0] if isinstance(call, ast.Call) and call.args else call
    if isinstance(kept, ast.Constant) and isinstance(kept.value, str):
        try:
            ast.parse(textwrap.dedent(kept.value))
        except SyntaxError as error:
            return f"SyntaxError: {error.msg}", kept.lineno + (error.lineno or 1) - 1, None
        except (ValueError, RecursionError, MemoryError):
            pass
    return "marimo could not read this cell", call.lineno, None


def first_line(node: ast.stmt) -> int:
    """The first line of a statement, with its decorators."""
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min(node.lineno, *(one.lineno for one in decorators), node.lineno)


def last_line(node: ast.stmt | ast.expr) -> int:
    """The last line of a statement or an expression."""
    return node.end_lineno or node.lineno
