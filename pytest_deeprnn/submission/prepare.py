"""Everything that a submission's text tells before any of it runs."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from pytest_deeprnn.submission import contract as contracts
from pytest_deeprnn.submission import syntax
from pytest_deeprnn.submission.binding import Binding
from pytest_deeprnn.submission.configs import configs, size_paths, with_objects
from pytest_deeprnn.submission.contract import Contract
from pytest_deeprnn.submission.discover import Submission
from pytest_deeprnn.submission.function import Function
from pytest_deeprnn.submission.functions import functions
from pytest_deeprnn.submission.global_settings import modules_that_set
from pytest_deeprnn.submission.helpers import helpers, names_imported
from pytest_deeprnn.submission.names import Kind, Role, kind_of
from pytest_deeprnn.submission.read import Piece, Source, Unreadable, read
from pytest_deeprnn.submission.rounding import may_round, rounding_lines
from pytest_deeprnn.submission.syntax import Statement
from pytest_deeprnn.worker.book.callers import frame_reads
from pytest_deeprnn.worker.messages import Helper, Load, Unit
from pytest_deeprnn.worker.paths import root
from pytest_deeprnn.worker.raw_memory import striding
from pytest_deeprnn.worker.reaching import Reach, reaches

MODULE_NAME = "submission"
_SETTABLE = ("vocab", "hiddens", "batch", "device")


@dataclass(frozen=True)
class Prepared:
    """A readable submission: its text, its contract, what to run, and sizes it reads itself.

    `usable` are the statements that may be run, `functions` what they define. `constants` are
    places at module level that hold sizes, or a device, which the contract's functions read
    although they should be arguments. `reached` is what of it reaches past a calculation, by file.
    `by_form` are the roles whose functions no name tells.
    """

    source: Source
    statements: tuple[Statement, ...]
    usable: tuple[Statement, ...]
    functions: tuple[Function, ...]
    contract: Contract
    load: Load
    constants: dict[str, Kind]
    reached: tuple[tuple[str, Reach], ...]
    by_form: tuple[Role, ...] = ()


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
    contract, found, usable = _find(everything, beside, cells)
    return _prepared(source, everything, usable, beside, found, contract)


def with_contract(prepared: Prepared, functions: list[Function], contract: Contract) -> Prepared:
    """Prepare the same text for other functions, or for other arguments of theirs."""
    usable, beside = list(prepared.usable), prepared.load.helpers
    everything = list(prepared.statements)
    return _prepared(prepared.source, everything, usable, beside, functions, contract)


def _prepared(
    source: Source,
    everything: list[Statement],
    usable: list[Statement],
    beside: tuple[Helper, ...],
    found: list[Function],
    contract: Contract,
) -> Prepared:
    bound = [binding for _, binding in contract.bindings()]
    names = {binding.function.name for binding in bound}
    needed = {name for binding in bound for name in roots(binding)}
    kept = syntax.kept(usable, needed, modules_that_set((one.name, one.text) for one in beside))
    return Prepared(
        source=source,
        statements=tuple(everything),
        usable=tuple(usable),
        functions=tuple(found),
        contract=contract,
        load=loading(source, kept, names, beside),
        constants=_constants(usable, contract),
        reached=tuple(_reached(source, kept, beside)),
    )


def loading(
    source: Source, kept: list[Statement], names: Collection[str], beside: tuple[Helper, ...]
) -> Load:
    """Ask for these statements to be run, so that what is `names` can be called."""
    return Load(
        name=MODULE_NAME,
        units=tuple(_units(source, kept)),
        needed=tuple(sorted(names)),
        constants={},
        helpers=beside,
        double=bool(beside) or may_round(statement.node for statement in kept),
        exact=bool(beside) or any(rounding_lines(statement.node) for statement in kept),
    )


def _reached(
    source: Source, kept: list[Statement], beside: tuple[Helper, ...]
) -> Iterator[tuple[str, Reach]]:
    known = striding(statement.node for statement in kept)
    for statement in kept:
        for reach in reaches(statement.node, frame_reads(statement.node), known):
            yield source.pieces[statement.piece].filename, reach
    for helper in beside:
        for reach in _reached_by(helper):
            yield helper.filename, reach


def _reached_by(helper: Helper) -> Iterator[Reach]:
    """What a module beside the file reaches for; one that is no Python reaches for nothing."""
    try:
        tree = Piece(filename=helper.filename, text=helper.text).parse()
    except Unreadable:
        return
    yield from reaches(tree, frame_reads(tree))


def _find(
    everything: list[Statement], beside: tuple[Helper, ...], cells: frozenset[str]
) -> tuple[Contract, list[Function], list[Statement]]:
    """Look at module level first, then also under `if __name__ == "__main__":`."""
    plain = [statement for statement in everything if not statement.guarded]
    found = _listed(plain, beside)
    contract = contracts.find(found, cells)
    if contract.missing():
        more = _listed(everything, beside)
        fuller = contracts.find(more, cells)
        if len(fuller.missing()) < len(contract.missing()):
            return fuller, more, everything
    return contract, found, plain


def _listed(usable: list[Statement], beside: tuple[Helper, ...]) -> list[Function]:
    known = configs(usable)
    return [with_objects(function, known) for function in functions(usable, beside)]


def _units(source: Source, kept: list[Statement]) -> Iterator[Unit]:
    for number, piece in enumerate(source.pieces):
        run = tuple(statement.path for statement in kept if statement.piece == number)
        yield Unit(filename=piece.filename, text=piece.text, run=run)


def _constants(usable: list[Statement], contract: Contract) -> dict[str, Kind]:
    """Sizes that a function reads at module level and does not take as an argument.

    A number of layers is left alone: where it is no argument, the depth is fixed.
    """
    found: dict[str, Kind] = {}
    known = configs(usable)
    for _, binding in contract.bindings():
        kept = syntax.kept(usable, roots(binding))
        for place, kind in (*_own_sizes(kept), *size_paths(kept, binding, known)):
            if kind in _SETTABLE and kind not in binding.kinds:
                found[place] = kind
    return found


def roots(binding: Binding) -> set[str]:
    """Return the names at module level that a call of a function needs."""
    return {binding.function.root, *map(root, binding.function.objects.values())}


def _own_sizes(kept: list[Statement]) -> Iterator[tuple[str, Kind]]:
    """Names of sizes that statements bind at module level, and others read."""
    needed = {name for statement in kept for name in statement.needs}
    for statement in kept:
        if isinstance(statement.node, ast.Assign | ast.AnnAssign):
            for name in statement.binds & needed:
                kind = kind_of(name, "get_params") if len(name) > 1 else None
                if kind is not None:
                    yield name, kind
