"""Everything that a submission's text tells before any of it runs."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pytest_deeprnn.submission import contract as contracts
from pytest_deeprnn.submission import syntax
from pytest_deeprnn.submission.contract import Contract, Function
from pytest_deeprnn.submission.discover import Submission
from pytest_deeprnn.submission.helpers import helpers, names_imported
from pytest_deeprnn.submission.names import Kind, kind_of
from pytest_deeprnn.submission.read import Source, Unreadable, read
from pytest_deeprnn.submission.rounding import may_round
from pytest_deeprnn.submission.syntax import Statement
from pytest_deeprnn.worker.messages import Helper, Load, Unit
from pytest_deeprnn.worker.reaching import Reach, reaches, reaches_in_text

MODULE_NAME = "submission"
_SETTABLE = ("vocab", "hiddens", "batch", "device")


@dataclass(frozen=True)
class Prepared:
    """A readable submission: its text, its contract, what to run, and sizes it reads itself.

    `constants` are names at module level that are sizes, or a device, and that the contract's
    functions read although they should be arguments. `reached` is what of it reaches past a
    calculation, by file.
    """

    source: Source
    statements: tuple[Statement, ...]
    functions: tuple[Function, ...]
    contract: Contract
    load: Load
    constants: dict[str, Kind]
    reached: tuple[tuple[str, Reach], ...]


def prepare(submission: Submission, cells: frozenset[str]) -> Prepared:
    """Read a submission and find the contract; `cells` are those that the exercise is about.

    Raises Unreadable where the file, or the place it stands in, cannot be used.
    """
    if submission.problem:
        raise Unreadable(submission.problem)
    source = read(Path(submission.path))
    everything = syntax.statements(source)
    folder = None if submission.folder is None else Path(submission.folder)
    imports = {name for statement in everything for name in names_imported(statement.node)}
    beside = helpers(folder, Path(submission.path), imports)
    contract, functions, usable = _find(everything, beside, cells)
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
            helpers=beside,
            double=bool(beside) or may_round(statement.node for statement in kept),
        ),
        constants=constants,
        reached=tuple(_reached(source, kept, beside)),
    )


def _reached(
    source: Source, kept: list[Statement], beside: tuple[Helper, ...]
) -> Iterator[tuple[str, Reach]]:
    for statement in kept:
        for reach in reaches(statement.node):
            yield source.pieces[statement.piece].filename, reach
    for helper in beside:
        for reach in reaches_in_text(helper.text):
            yield helper.filename, reach


def _find(
    everything: list[Statement], beside: tuple[Helper, ...], cells: frozenset[str]
) -> tuple[Contract, list[Function], list[Statement]]:
    """Look at module level first, then also under `if __name__ == "__main__":`."""
    plain = [statement for statement in everything if not statement.guarded]
    functions = contracts.functions(plain, beside)
    contract = contracts.find(functions, cells)
    if contract.missing():
        more = contracts.functions(everything, beside)
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
