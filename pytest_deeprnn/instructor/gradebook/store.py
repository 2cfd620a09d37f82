"""Keeps what was graded, from the moment on at which it arrives."""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Self

import msgspec
import sqlalchemy as sql

from pytest_deeprnn.core.report import Report, from_json
from pytest_deeprnn.instructor.gradebook.cache_key import Basis
from pytest_deeprnn.instructor.gradebook.entry import Before, Row

_TABLES = sql.MetaData()
_REPORTS = sql.Table(
    "deeprnn_reports",
    _TABLES,
    sql.Column("key", sql.String(64), primary_key=True),
    sql.Column("report", sql.LargeBinary, nullable=False),  # JSON, packed by zlib
)
_GRADES = sql.Table(
    "deeprnn_grades",
    _TABLES,
    sql.Column("id", sql.String(255), primary_key=True),
    sql.Column("basis", sql.LargeBinary, nullable=False),
    sql.Column("row", sql.LargeBinary, nullable=False),
    sql.Column("written", sql.Boolean, nullable=False),  # whether the files say the same
)
_PRAGMAS = (
    "PRAGMA journal_mode=WAL",  # one wait for the disk a transaction, not three
    "PRAGMA synchronous=FULL",  # what is kept outlasts a pulled plug
    "PRAGMA busy_timeout=30000",
)
_AT_ONCE = 500  # rows in memory


class StoreFailed(Exception):
    """The database cannot be opened, read or written; the text is one line."""


class BadStore(StoreFailed):
    """The URL names no database that can be used."""


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """The newest grade of a submission, and what it depended on."""

    basis: Basis
    row: Row
    written: bool


class Store:
    """Reports by what they depend on, and the newest grade of each submission by its id.

    All methods raise StoreFailed.
    """

    def __init__(self, url: str) -> None:
        """`url` is one of SQLAlchemy's; tables are made where they are missing.

        Raises BadStore where it is none.
        """
        try:
            self._engine = sql.create_engine(url)
        except (sql.exc.SQLAlchemyError, ImportError) as error:
            raise BadStore(_line(error)) from None
        try:
            if self._engine.dialect.name == "sqlite":
                sql.event.listen(self._engine, "connect", _settle)
            _TABLES.create_all(self._engine)
        except sql.exc.SQLAlchemyError as error:
            raise StoreFailed(_line(error)) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._engine.dispose()

    def report(self, key: str) -> Report | None:
        """A report, where one of these is kept."""
        query = sql.select(_REPORTS.c.report).where(_REPORTS.c.key == key)
        data = self._one(query)
        return None if data is None else from_json(zlib.decompress(data[0]))

    def has(self, key: str) -> bool:
        """Whether there is such a report."""
        return self._one(sql.select(_REPORTS.c.key).where(_REPORTS.c.key == key)) is not None

    def keep(self, key: str, report: Report | None, grades: Iterable[tuple[Basis, Row]]) -> None:
        """Keep a report, and the grades that come of it; all is there for good on return.

        Without a report only the grades are kept: one that is there already, or an error.
        """
        with self._begin() as connection:
            if report is not None:
                data = zlib.compress(msgspec.json.encode(report))
                connection.execute(sql.delete(_REPORTS).where(_REPORTS.c.key == key))
                connection.execute(sql.insert(_REPORTS).values(key=key, report=data))
            for basis, row in grades:
                id_ = row.entry.submission.id
                connection.execute(sql.delete(_GRADES).where(_GRADES.c.id == id_))
                connection.execute(sql.insert(_GRADES).values(id=id_, **_values(basis, row)))

    def kept(self, ids: Iterable[str]) -> Iterator[Kept]:
        """The newest grades of these submissions, those that have one, in their order."""
        columns = (_GRADES.c.id, _GRADES.c.basis, _GRADES.c.row, _GRADES.c.written)
        for some in _batched(ids, _AT_ONCE):
            with self._begin() as connection:
                query = sql.select(*columns).where(_GRADES.c.id.in_(some))
                found = {one[0]: one for one in connection.execute(query)}
            for id_ in some:
                kept = _kept(found.get(id_))
                if kept is not None:
                    yield kept

    def wrote(self, ids: Iterable[str]) -> None:
        """Note that the files of these submissions say what is kept."""
        with self._begin() as connection:
            for id_ in ids:
                query = sql.update(_GRADES).where(_GRADES.c.id == id_)
                connection.execute(query.values(written=True))

    def _one(self, query: sql.Select[Any]) -> sql.Row[Any] | None:
        with self._begin() as connection:
            return connection.execute(query).first()

    @contextmanager
    def _begin(self) -> Iterator[sql.Connection]:
        """A transaction, whose failure is told in one line."""
        try:
            with self._engine.begin() as connection:
                yield connection
        except sql.exc.SQLAlchemyError as error:
            raise StoreFailed(_line(error)) from None


def before(old: Kept | None, basis: Basis, row: Row) -> Before | None:
    """The earlier grade, where this one differs from it, and why there is a new one."""
    if old is None or old.row.verdict == "error":  # which was no grade
        return None
    same = (old.row.score, old.row.max_score) == (row.score, row.max_score)
    why = basis.changed(old.basis)
    if same or not why:
        return old.row.before if not why else None
    return Before(score=old.row.score, max_score=old.row.max_score, why=why)


def _batched(ids: Iterable[str], count: int) -> Iterator[list[str]]:
    remaining = iter(ids)
    while some := list(itertools.islice(remaining, count)):
        yield some


def _values(basis: Basis, row: Row) -> dict[str, object]:
    return {
        "basis": msgspec.json.encode(basis),
        "row": msgspec.json.encode(row),
        "written": False,
    }


def _kept(found: Any) -> Kept | None:
    """What another version of this program kept in another form is graded again."""
    if found is None:
        return None
    try:
        return Kept(
            basis=msgspec.json.decode(found.basis, type=Basis),
            row=msgspec.json.decode(found.row, type=Row),
            written=found.written,
        )
    except msgspec.ValidationError:
        return None


def _settle(connection: Any, _: object) -> None:
    """Set up each connection to SQLite."""
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _line(error: Exception) -> str:
    return str(getattr(error, "orig", None) or error).splitlines()[0]
