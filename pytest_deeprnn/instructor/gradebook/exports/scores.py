"""Which rows have a score that may be handed on to a platform."""

from __future__ import annotations

from pytest_deeprnn.instructor.gradebook.entry import Row


class BadExport(Exception):
    """A file of an instructor's that cannot be filled in; the text is one line and says why."""


def counts(row: Row) -> bool:
    """Whether a score says something of the student: a faulty grader is not a faulty student."""
    return row.verdict in ("pass", "fail")
