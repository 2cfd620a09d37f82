"""Changes single cells of a CSV that somebody else wrote, and leaves every other byte as it is."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Self

import msgspec

from pytest_deeprnn.instructor.gradebook.exports.scores import BadExport

MAX_BYTES = 256 * 1024 * 1024
_SEPARATORS = (",", ";", "\t")
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class Record(msgspec.Struct, frozen=True):
    """A line of a sheet: its cells as they stand there, and what ends it."""

    raw: tuple[str, ...]
    end: str

    @property
    def cells(self) -> list[str]:
        """What the cells say."""
        return [_unquoted(one) for one in self.raw]

    @property
    def is_empty(self) -> bool:
        """Whether it is an empty line."""
        return self.raw == ("",)


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """A CSV in the encoding and with the separator that it has; the first record is its header."""

    path: Path
    mark: bytes
    encoding: str
    separator: str
    records: list[Record]

    @classmethod
    def read(cls, path: Path) -> Self:
        """Take a sheet apart; BadExport where there is none."""
        try:
            with path.open("rb") as file:
                data = file.read(MAX_BYTES + 1)
        except OSError as error:
            raise BadExport(f"{path}: {error.strerror}") from None
        if len(data) > MAX_BYTES:
            raise BadExport(f"{path}: it has more than {MAX_BYTES // 1024**2} MiB")
        mark, encoding = _encoding(data)
        try:
            text = data[len(mark) :].decode(encoding)
        except UnicodeDecodeError:
            raise BadExport(f"{path}: the file is not text in UTF-16") from None
        first = text.split("\n", 1)[0]
        separator = max(_SEPARATORS, key=first.count)
        records = list(_records(text, separator))
        if not records or records[0].is_empty:
            raise BadExport(f"{path}: the file is empty: expected a CSV with a header")
        return cls(path=path, mark=mark, encoding=encoding, separator=separator, records=records)

    @property
    def header(self) -> list[str]:
        """The names of the columns."""
        return [one.strip() for one in self.records[0].cells]

    @property
    def lines(self) -> Iterator[Record]:
        """All records but the header and empty lines."""
        return (one for one in self.records[1:] if not one.is_empty)

    def changed(self, record: Record, cells: Mapping[int, str]) -> Record:
        """A record with other cells at some places, the others untouched."""
        raw = list(record.raw) + [""] * (max(cells, default=-1) + 1 - len(record.raw))
        for column, cell in cells.items():
            raw[column] = self._quoted(cell)
        return Record(tuple(raw), record.end)

    def encoded(self, record: Record) -> bytes:
        """A record's bytes; a letter that the encoding has no place for is a reference of HTML."""
        text = self.separator.join(record.raw) + record.end
        return text.encode(self.encoding, "xmlcharrefreplace")

    def _quoted(self, cell: str) -> str:
        if any(one in cell for one in (self.separator, '"', "\n", "\r")):
            return '"' + cell.replace('"', '""') + '"'
        return cell


def as_number(cell: str) -> float | None:
    """The number of a cell, with a point or comma; None where it holds none."""
    found = _NUMBER.fullmatch(cell.strip())
    return float(found[0].replace(",", ".")) if found else None


def _encoding(data: bytes) -> tuple[bytes, str]:
    """The mark and the encoding; for what is unknown one in which all bytes stay what they are."""
    for mark, encoding in _BOMS:
        if data.startswith(mark) and (encoding != "utf-8" or _is_utf_8(data)):
            return mark, encoding
    return b"", "utf-8" if _is_utf_8(data) else "latin-1"


def _is_utf_8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _records(text: str, separator: str) -> Iterator[Record]:
    """Split into records and cells as RFC 4180; an open quote ends with the text."""
    field = re.compile(
        rf'("(?:[^"]|"")*+"?[^{separator}\r\n]*+|[^{separator}\r\n]*+)({separator}|\r\n|\n|\r|\Z)'
    )
    at, raw = 0, list[str]()
    while at < len(text) or raw:
        found = field.match(text, at)
        assert found is not None  # any text matches
        raw.append(found[1])
        at = found.end()
        if found[2] != separator:
            yield Record(tuple(raw), found[2])
            raw = []


def _unquoted(raw: str) -> str:
    if not raw.startswith('"'):
        return raw
    body, quote, rest = raw[1:].rpartition('"')
    return (body if quote else raw[1:]).replace('""', '"') + (rest if quote else "")
