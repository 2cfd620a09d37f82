"""The first statement at module level that failed: what fails after it mostly follows from it."""

from __future__ import annotations

import ast
import re

from pytest_deeprnn.core.finding import Place
from pytest_deeprnn.core.phrasing import sentence
from pytest_deeprnn.measurement.recording.source_lines import kept
from pytest_deeprnn.sandbox.protocol.messages import Failure, Frame, Raised
from pytest_deeprnn.submission import syntax
from pytest_deeprnn.submission.piece_names import line_said
from pytest_deeprnn.submission.prepare import Prepared
from pytest_deeprnn.submission.syntax import Statement

_AT_MODULE_LEVEL = "<module>"
_UNDEFINED = re.compile(r"name '(\w+)' is not defined|free variable '(\w+)'")
#: What code raises that was handed another value than it was written for.
_FOLLOWING = ("AttributeError", "IndexError", "KeyError", "TypeError", "ValueError")


class Failures:
    """The statements of a submission that raised when its file was loaded, in their order."""

    def __init__(self, prepared: Prepared, failures: tuple[Failure, ...]) -> None:
        self._prepared = prepared
        self._failures = failures
        self._kept = kept(prepared)
        failed = {(one.filename, one.line) for one in failures}
        self._bound = {
            name
            for one in self._kept
            if self._place(one) not in failed
            for name in one.binds | one.changes
        }
        numbers = prepared.load.instead.items()
        self._instead = {name: number for name, number in numbers if name not in self._bound}

    def that_hide(self, names: set[str]) -> Failure | None:
        """The first failure because of which one of these names is not there."""
        for failure in self._failures:
            if set(failure.names) & names:
                return self.first(failure)
        return next(filter(self._is_star, self._failures), None)

    def behind(self, raised: Raised, names: set[str]) -> Failure | None:
        """The first failure from which a function's exception follows; it needs these names."""
        name = _undefined(raised.type, raised.message)
        if name:
            return self._making(name, self._failures)
        if raised.type not in _FOLLOWING:
            return None
        needed = syntax.kept(self._kept, names)
        for failure in self._failures:
            statement = self._statement(failure)
            if statement in needed and self._left_old(failure, statement):
                return self.first(failure)
        return None

    def notes(self) -> list[str]:
        """What runs on with another value, an earlier one or a plain number, because one failed."""
        old = [
            f"{sentence(described(failure))} So {' and '.join(kept_old)} has the value from before."
            for failure in self._failures
            if (kept_old := sorted(set(failure.names) & self._bound))
        ]
        return old + [
            f"{sentence(described(self.first(failure)))} So {name} is {self._instead[name]:g} here."
            for failure in self._failures
            for name in failure.names
            if name in self._instead
        ]

    def first(self, failure: Failure) -> Failure:
        """The failure from which another follows, or itself."""
        before = self._failures[: self._failures.index(failure)]
        name = _undefined(failure.type, failure.message)
        found = self._making(name, before) if name else self._changed_before(failure, before)
        return failure if found is None else found

    def _making(self, name: str, failures: tuple[Failure, ...]) -> Failure | None:
        """What would have made a name; a star import might have, where nothing else does."""
        for failure in failures:
            if name in failure.names:
                return self.first(failure)
        return next(filter(self._is_star, failures), None)

    def _changed_before(self, failure: Failure, before: tuple[Failure, ...]) -> Failure | None:
        """An earlier failure that left an old value in a name which this statement reads."""
        statement = self._statement(failure)
        if statement is None or failure.type not in _FOLLOWING:
            return None
        for one in before:
            other = self._statement(one)
            if other is not None and (other.binds | other.changes) & statement.needs:
                return self.first(one)
        return None

    def _left_old(self, failure: Failure, statement: Statement | None) -> bool:
        """Whether a name has the value of an earlier statement because this one failed."""
        made = frozenset(failure.names) | (statement.changes if statement else frozenset())
        return bool(made & self._bound)

    def _is_star(self, failure: Failure) -> bool:
        statement = self._statement(failure)
        node = None if statement is None else statement.node
        return isinstance(node, ast.ImportFrom) and node.names[0].name == "*"

    def _statement(self, failure: Failure) -> Statement | None:
        place = failure.filename, failure.line
        return next((one for one in self._kept if self._place(one) == place), None)

    def _place(self, statement: Statement) -> tuple[str, int]:
        return self._prepared.source.pieces[statement.piece].filename, statement.node.lineno


def place_of(failure: Failure) -> Place:
    """The line at module level that failed, or that of the module beside the file."""
    inner = _elsewhere(failure)
    if inner is None:
        own = (one for one in failure.frames if one.function == _AT_MODULE_LEVEL)
        return Place(failure.filename, next((one.line for one in own), failure.line))
    return Place(inner.filename, inner.line)


def described(failure: Failure) -> str:
    """One line for a statement that raised."""
    place = place_of(failure)
    where = line_said(place.filename or "", place.line or 0, failure.filename)
    return f"{where}: {failure.type}: {failure.message}".rstrip(": ")


def _elsewhere(failure: Failure) -> Frame | None:
    """The innermost line of the learner's where it is in another file."""
    last = failure.frames[-1] if failure.frames else None
    return None if last is None or last.filename == failure.filename else last


def _undefined(kind: str, message: str) -> str:
    """The name that an exception says is not defined, "" for none."""
    found = _UNDEFINED.search(message) if kind == "NameError" else None
    return "" if found is None else found[1] or found[2]
