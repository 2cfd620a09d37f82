"""Everything that a submission's text tells before any of it runs."""

from __future__ import annotations

import ast
import contextlib
import itertools
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from pytest_deeprnn.core.function_roles import FunctionRole
from pytest_deeprnn.sandbox.escape_scan.aliases import aliases
from pytest_deeprnn.sandbox.escape_scan.numpy_memory import striding
from pytest_deeprnn.sandbox.escape_scan.scan import Reach, reaches
from pytest_deeprnn.sandbox.host.d2l_stub.callers import frame_reads
from pytest_deeprnn.sandbox.protocol.messages import Helper, Load, Unit
from pytest_deeprnn.submission import contract as contracts
from pytest_deeprnn.submission import syntax
from pytest_deeprnn.submission.configs import configs, with_objects
from pytest_deeprnn.submission.contract import Contract
from pytest_deeprnn.submission.discover import Submission
from pytest_deeprnn.submission.float_usage import may_round, rounding_lines
from pytest_deeprnn.submission.function import Function
from pytest_deeprnn.submission.functions import functions
from pytest_deeprnn.submission.global_settings import modules_that_set
from pytest_deeprnn.submission.left_out import without_work
from pytest_deeprnn.submission.local_modules import helpers
from pytest_deeprnn.submission.own_sizes import sizes_read, stand_ins
from pytest_deeprnn.submission.parse_limits import MAX_CODE, MAX_STATEMENTS
from pytest_deeprnn.submission.piece_names import line_said
from pytest_deeprnn.submission.source import Piece, Source, Unreadable, read
from pytest_deeprnn.submission.synonyms import Kind
from pytest_deeprnn.submission.syntax import Statement

MODULE_NAME = "submission"
_EMPTY = "this file is empty: save it in your editor or notebook, and hand it in again"


@dataclass(frozen=True)
class Prepared:
    """A readable submission: its text, its contract, what to run, and sizes it reads itself.

    `usable` are the statements that may be run, `functions` what they define. `constants` are
    places at module level that hold sizes, or a device, which the contract's functions read
    although they should be arguments. `reached` is what of it reaches past a calculation, by file.
    `by_form` are the roles whose functions no name tells, `unread` why modules beside the main file
    cannot be read.
    """

    source: Source
    statements: tuple[Statement, ...]
    usable: tuple[Statement, ...]
    functions: tuple[Function, ...]
    contract: Contract
    load: Load
    constants: dict[str, Kind]
    reached: tuple[tuple[str, Reach], ...]
    by_form: tuple[FunctionRole, ...] = ()
    unread: tuple[tuple[str, Unreadable], ...] = ()

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """All texts of the submission: those of its main file, and those of modules beside it.

        Of very many modules the first ones: more than this is not searched for a line.
        """
        unread = {filename for filename, _ in self.unread}
        found, left = list(self.source.pieces), MAX_CODE
        for one in self.load.helpers:
            left -= len(one.text)
            if one.filename not in unread and left >= 0:
                found.append(Piece(filename=one.filename, text=one.text))
        return tuple(found)

    @cached_property
    def all_statements(self) -> tuple[Statement, ...]:
        """The statements of all pieces; `piece` counts in `pieces`."""
        first = len(self.source.pieces)
        listed = list(self.statements)
        for number, piece in enumerate(self.pieces[first:], start=first):
            if len(listed) > MAX_STATEMENTS:
                break
            with contextlib.suppress(Unreadable):
                found = syntax.statements(Source(pieces=(piece,)))
                listed += [replace(one, piece=number) for one in found]
        return tuple(listed)

    def line_said(self, filename: str | None, line: int) -> str:
        """Name a line in a sentence, with its file where that is not the main one."""
        main = self.source.pieces[0].filename
        return line_said(filename or main, line, main)

    def filename_of(self, function: Function) -> str | None:
        """The piece that a function is defined in, None where that is not known."""
        if function.piece is None:
            return function.file
        return self.source.pieces[function.piece].filename


def prepare(submission: Submission, cells: frozenset[str]) -> Prepared:
    """Read a submission and find the contract; `cells` are those that the exercise is about.

    Raises Unreadable where the file, or the place it stands in, cannot be used.
    """
    if submission.problem:
        raise Unreadable(submission.problem)
    source = read(Path(submission.path))
    if not source.written and not any(piece.text.strip("\0 \n\t\f") for piece in source.pieces):
        raise Unreadable(_EMPTY)
    everything = syntax.statements(source)
    folder = None if submission.folder is None else Path(submission.folder)
    modules = helpers(folder, Path(submission.path), source)
    beside = without_work((module.helper for module in modules), source)
    unread = tuple((one.helper.filename, one.error) for one in modules if one.error)
    contract, found, usable = _find(everything, beside, cells)
    return replace(_prepared(source, everything, usable, beside, found, contract), unread=unread)


def with_contract(prepared: Prepared, functions: list[Function], contract: Contract) -> Prepared:
    """Prepare the same text for other functions, or for other arguments of theirs."""
    usable, beside = list(prepared.usable), prepared.load.helpers
    everything = list(prepared.statements)
    again = _prepared(prepared.source, everything, usable, beside, functions, contract)
    return replace(again, unread=prepared.unread)


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
    needed = {name for binding in bound for name in binding.roots}
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
        instead=dict(stand_ins(kept)),
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
    modules = aliases(statement.node for statement in kept)
    for statement in kept:
        for reach in reaches(statement.node, frame_reads(statement.node), known, modules):
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
    nodes = [statement.node for statement in usable]
    texts = {node.name: node for node in nodes if isinstance(node, ast.FunctionDef)}
    return [with_objects(function, known, texts) for function in functions(usable, beside)]


def _units(source: Source, kept: list[Statement]) -> Iterator[Unit]:
    """The pieces in the order in which their statements run; one that has none is known as well."""
    told = set()
    for number, statements in itertools.groupby(kept, key=lambda statement: statement.piece):
        told.add(number)
        yield _unit(source.pieces[number], tuple(statement.path for statement in statements))
    for number, piece in enumerate(source.pieces):
        if number not in told:
            yield _unit(piece, ())


def _unit(piece: Piece, run: tuple[tuple[int, ...], ...]) -> Unit:
    return Unit(filename=piece.filename, text=piece.text, run=run)


def _constants(usable: list[Statement], contract: Contract) -> dict[str, Kind]:
    """Sizes that a function reads at module level and does not take as an argument.

    A number of layers is left alone: where it is no argument, the depth is fixed.
    """
    found: dict[str, Kind] = {}
    for _, binding in contract.bindings():
        found |= sizes_read(usable, binding)
    return found
