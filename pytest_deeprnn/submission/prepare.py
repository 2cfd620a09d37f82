"""Everything that a submission's text tells before any of it runs."""

from __future__ import annotations

import ast
import importlib.util
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pytest_deeprnn.submission import contract as contracts
from pytest_deeprnn.submission import syntax
from pytest_deeprnn.submission.contract import Contract, Function
from pytest_deeprnn.submission.discover import Submission
from pytest_deeprnn.submission.names import Kind, kind_of
from pytest_deeprnn.submission.read import Source, Unreadable, read
from pytest_deeprnn.submission.syntax import Statement
from pytest_deeprnn.worker.messages import Load, Unit

MODULE_NAME = "submission"
_SETTABLE = ("vocab", "hiddens", "batch", "device")


@dataclass(frozen=True)
class Prepared:
    """A readable submission: its text, its contract, what to run, and sizes it reads itself.

    `constants` are names at module level that are sizes, or a device, and that the contract's
    functions read although they should be arguments.
    """

    source: Source
    statements: tuple[Statement, ...]
    functions: tuple[Function, ...]
    contract: Contract
    load: Load
    constants: dict[str, Kind]


def prepare(submission: Submission, cells: frozenset[str]) -> Prepared:
    """Read a submission and find the contract; `cells` are those that the exercise is about.

    Raises Unreadable where the file, or the place it stands in, cannot be used.
    """
    source = read(Path(submission.path))
    everything = syntax.statements(source)
    folder = None if submission.folder is None else Path(submission.folder)
    helpers = _helpers(folder, Path(submission.path), everything)
    contract, functions, usable = _find(everything, folder, cells)
    needed = {binding.function.name for _, binding in contract.bindings()}
    kept = syntax.kept(usable, needed)
    constants = _constants(usable, contract)
    return Prepared(
        source=source,
        statements=tuple(everything),
        functions=tuple(functions),
        contract=contract,
        load=Load(
            name=MODULE_NAME,
            units=tuple(_units(source, kept)),
            needed=tuple(sorted(needed)),
            constants={},
            folder=str(folder) if helpers else None,
            double=bool(helpers) or any("float" in piece.text.lower() for piece in source.pieces),
        ),
        constants=constants,
    )


def _find(
    everything: list[Statement], folder: Path | None, cells: frozenset[str]
) -> tuple[Contract, list[Function], list[Statement]]:
    """Look at module level first, then also under `if __name__ == "__main__":`."""
    plain = [statement for statement in everything if not statement.guarded]
    functions = contracts.functions(plain, folder)
    contract = contracts.find(functions, cells)
    if contract.missing():
        more = contracts.functions(everything, folder)
        fuller = contracts.find(more, cells)
        if len(fuller.missing()) < len(contract.missing()):
            return fuller, more, everything
    return contract, functions, plain


def _units(source: Source, kept: list[Statement]) -> Iterator[Unit]:
    for number, piece in enumerate(source.pieces):
        run = tuple(statement.path for statement in kept if statement.piece == number)
        yield Unit(filename=piece.filename, text=piece.text, run=run)


def _constants(usable: list[Statement], contract: Contract) -> dict[str, Kind]:
    """Sizes that a function reads at module level and does not take as an argument.

    A number of layers is left alone: where it is no argument, the depth is fixed.
    """
    found: dict[str, Kind] = {}
    for _, binding in contract.bindings():
        kept = syntax.kept(usable, {binding.function.name})
        needed = {name for statement in kept for name in statement.needs}
        for statement in kept:
            if isinstance(statement.node, ast.Assign | ast.AnnAssign):
                for name in statement.binds & needed:
                    kind = kind_of(name, "get_params") if len(name) > 1 else None
                    if kind in _SETTABLE and kind not in binding.kinds:
                        found[name] = kind
    return found


def _helpers(folder: Path | None, main: Path, statements: list[Statement]) -> list[str]:
    """The modules beside the main file; one that hides an installed module is refused."""
    if folder is None:
        return []
    modules = sorted(path for path in folder.iterdir() if _is_module(path) and path != main)
    imported = {name for statement in statements for name in _imported(statement.node)}
    for module in modules:
        if module.stem in imported | {"torch"} and _is_installed(module.stem, folder):
            raise Unreadable(
                f"{module.name} beside {main.name} has the name of the installed module "
                f"{module.stem!r} and would hide it: rename it"
            )
    return [module.stem for module in modules if module.stem in imported]


def _is_module(path: Path) -> bool:
    return path.suffix == ".py" or (path.is_dir() and (path / "__init__.py").is_file())


def _imported(node: ast.stmt) -> Iterator[str]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Import):
            yield from (alias.name.split(".")[0] for alias in inner.names)
        elif isinstance(inner, ast.ImportFrom) and inner.module:
            yield inner.module.split(".")[0]


def _is_installed(name: str, folder: Path) -> bool:
    """Whether Python would find a module of this name elsewhere."""
    if name in sys.stdlib_module_names:
        return True
    try:
        spec = importlib.util.find_spec(name)
    except (ImportError, ValueError):
        return False
    if spec is None or spec.origin is None:
        return False
    return folder.resolve() not in Path(spec.origin).resolve().parents
