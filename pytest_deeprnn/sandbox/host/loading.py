"""Runs the kept statements of a submission as a module, one at a time."""

from __future__ import annotations
import __future__

import ast
import copy
import dis
import linecache
import sys
import types
from collections.abc import Iterator

import torch

from pytest_deeprnn.sandbox.host import import_hook, tqdm_stub
from pytest_deeprnn.sandbox.host.d2l_stub.callers import replaced
from pytest_deeprnn.sandbox.host.d2l_stub.edition import Book
from pytest_deeprnn.sandbox.host.exceptions import describe_failure
from pytest_deeprnn.sandbox.protocol import object_path
from pytest_deeprnn.sandbox.protocol.messages import Failure, Load, Unit


def load(request: Load, book: Book) -> tuple[types.ModuleType, tuple[Failure, ...]]:
    """Make the module; a statement that raises is noted and the others still run.

    The module stands in sys.modules and its text in linecache, because inspect.getsource,
    dataclasses and torch.jit.script look there.
    """
    module = types.ModuleType(request.name)
    if request.units:
        module.__file__ = request.units[0].filename
    sys.modules[request.name] = module
    module.__package__ = f"{request.name}_folder"
    import_hook.install(request.helpers, module.__package__)
    book.serve(request)
    own = {unit.filename for unit in request.units} | {one.filename for one in request.helpers}
    failures = [
        failure for unit in request.units for failure in _run_unit(unit, module, request, book, own)
    ]
    return module, tuple(failures)


def filenames(request: Load) -> set[str]:
    """The names of all texts of a submission, by which its own lines are known."""
    beside = {helper.filename for helper in request.helpers}
    return {unit.filename for unit in request.units} | beside


def _run_unit(
    unit: Unit, module: types.ModuleType, request: Load, book: Book, own: set[str]
) -> Iterator[Failure]:
    lines = unit.text.splitlines(keepends=True)
    linecache.cache[unit.filename] = (len(unit.text), None, lines, unit.filename)
    body = replaced(ast.parse(unit.text, unit.filename)).body
    flags = _future_flags(body)
    missing: set[str] = set()
    failed: set[str] = set()
    for path in unit.run:
        statement = _statement(body, path)
        code = compiled(statement, unit.filename, flags)
        try:
            exec(code, module.__dict__)
        except BaseException as error:
            if isinstance(statement, ast.Import | ast.ImportFrom):
                missing |= set(_bound(code))
            if not _mended(statement, module, unit.filename, flags, missing, book):
                where = unit.filename, statement.lineno
                made = _made_singly(statement, module, unit.filename, flags)
                lost = set(_bound(code)) - made
                failed |= lost
                vars(module).update(
                    (name, one) for name, one in request.instead.items() if name in lost
                )
                yield describe_failure(error, where, _bound(code), own)
        for place, constant in request.constants.items():
            # the size is the case's also where the statement that makes it fails: open(corpus)
            if object_path.root(place) in module.__dict__ or place in failed:
                object_path.put(module, place, _constant(constant))


def compiled(statement: ast.stmt, filename: str, flags: int) -> types.CodeType:
    """Compile one statement of a submission."""
    module = ast.Module([statement], [])
    code: types.CodeType = compile(module, filename, "exec", flags=flags, dont_inherit=True)
    return code


def _mended(
    statement: ast.stmt,
    module: types.ModuleType,
    filename: str,
    flags: int,
    missing: set[str],
    book: Book,
) -> bool:
    """Run a statement without what the grader does not need: whether that went well.

    `missing` are the names that imports of absent modules would have bound.
    """
    if isinstance(statement, ast.Import | ast.ImportFrom):
        if tqdm_stub.bind(statement, module):
            return True
        each = _each(statement) if book.covers(statement) else []
        ran = [_runs(one, module, filename, flags) for one in each]  # all, also after a failure
        return bool(ran) and all(ran)
    if not isinstance(statement, ast.FunctionDef):
        return False
    return _runs(_plain(statement, module, missing), module, filename, flags)


def _made_singly(
    statement: ast.stmt, module: types.ModuleType, filename: str, flags: int
) -> set[str]:
    """The names that `a, b = x, y` can bind when one of the two fails."""
    match statement:
        case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)) if len(
            names
        ) == len(values):
            pairs = zip(names, values, strict=True)
            each = [ast.copy_location(ast.Assign([name], one), statement) for name, one in pairs]
            ran = [one for one in each if _runs(one, module, filename, flags)]
            return {node.id for one in ran for node in one.targets if isinstance(node, ast.Name)}
        case _:
            return set()


def _runs(statement: ast.stmt, module: types.ModuleType, filename: str, flags: int) -> bool:
    try:
        exec(compiled(statement, filename, flags), module.__dict__)
    except BaseException:
        return False
    return True


def _each(statement: ast.Import | ast.ImportFrom) -> list[ast.stmt]:
    """An import of several names as one for each, so that what is there is not lost."""
    found: list[ast.stmt] = []
    for alias in statement.names:
        one = copy.copy(statement)
        one.names = [alias]
        found.append(one)
    return found


def _plain(
    function: ast.FunctionDef, module: types.ModuleType, missing: set[str]
) -> ast.FunctionDef:
    """A function without annotations, absent decorators, and defaults that cannot be made.

    Sizes and device are always given, so a default that needs a missing module is never used.
    """
    plain = copy.deepcopy(function)
    arguments = plain.args
    plain.returns = None
    for argument in ast.walk(arguments):
        if isinstance(argument, ast.arg):
            argument.annotation = None
    nothing = ast.Constant(None)
    arguments.defaults = [d if _evaluates(d, module) else nothing for d in arguments.defaults]
    arguments.kw_defaults = [
        d if d is None or _evaluates(d, module) else nothing for d in arguments.kw_defaults
    ]
    plain.decorator_list = [d for d in plain.decorator_list if not missing & _named(d)]
    return ast.fix_missing_locations(plain)


def _named(expression: ast.expr) -> set[str]:
    return {node.id for node in ast.walk(expression) if isinstance(node, ast.Name)}


def _evaluates(expression: ast.expr, module: types.ModuleType) -> bool:
    try:
        exec(compiled(ast.Expr(expression), "<default>", 0), module.__dict__)
    except BaseException:
        return False
    return True


def _constant(value: int | str) -> object:
    return torch.device(value) if isinstance(value, str) else value


def _statement(body: list[ast.stmt], path: tuple[int, ...]) -> ast.stmt:
    statement = body[path[0]]
    for index in path[1:]:
        statement = getattr(statement, "body")[index]  # noqa: B009  # stmt has no body by type
    return statement


def _bound(code: types.CodeType) -> tuple[str, ...]:
    """Names that a statement at module level binds."""
    stores = (step for step in dis.get_instructions(code) if step.opname == "STORE_NAME")
    return tuple(dict.fromkeys(step.argval for step in stores))


def _future_flags(body: list[ast.stmt]) -> int:
    names = [
        alias.name
        for statement in body
        if isinstance(statement, ast.ImportFrom) and statement.module == "__future__"
        for alias in statement.names
    ]
    flags = 0
    for name in names:
        flags |= getattr(__future__, name).compiler_flag
    return flags
