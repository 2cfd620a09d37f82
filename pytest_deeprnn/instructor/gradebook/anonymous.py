"""Rows without those whom they are about: nothing of a student is left in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import msgspec

from pytest_deeprnn.instructor.gradebook.class_statistics import Mention
from pytest_deeprnn.instructor.gradebook.entry import Entry, Row
from pytest_deeprnn.submission.discover import Submission

_NOBODY = Submission(id="", name="", path="", given="")


def numbered(rows: Callable[[], Iterable[Row]]) -> Callable[[], Iterator[tuple[Row, Mention]]]:
    """Give numbers for names, by points; who was not graded comes last.

    Equal points are ordered by what else is left of a row. So the same rows have the same numbers,
    and whoever knows the class list learns nothing from their order. Encoded rows are small.
    """
    kept = sorted(_placed(row) for row in rows())
    return lambda: (
        (_decoded(data), Mention(str(number), ""))
        for number, (*_, data) in enumerate(kept, start=1)
    )


def _placed(row: Row) -> tuple[bool, float, bytes]:
    graded = row.verdict != "error"
    return not graded, -row.score if graded else 0.0, msgspec.msgpack.encode(_nameless(row))


def _nameless(row: Row) -> Row:
    """The reason for a missing grade goes too: it may quote a path."""
    entry = Entry(submission=_NOBODY, late=row.entry.late)
    return msgspec.structs.replace(row, entry=entry, page="", trouble="")


def _decoded(data: bytes) -> Row:
    return msgspec.msgpack.decode(data, type=Row)
