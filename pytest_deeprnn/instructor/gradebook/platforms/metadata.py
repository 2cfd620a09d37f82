"""Reads Gradescope's submission_metadata.yml as a stream: most of it is results, and not kept.

Nothing is constructed from tags, and an alias stands for what was kept of its anchor: a document
that refers to itself exponentially often costs no more than its bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import yaml

from pytest_deeprnn.instructor.gradebook.entry import Student
from pytest_deeprnn.instructor.gradebook.platforms.upload import readable
from pytest_deeprnn.submission.errors import one_line

MAX_BYTES = 512 * 1024 * 1024
_MAX_DEPTH = 100
_MAX_SCALAR = 1000  # characters of a name; what is longer is somebody's output
_MAX_ITEMS = 200  # submitters of a group, earlier submissions
_KEPT = (":submitters", ":created_at", ":history")
_BEFORE_ZONE = re.compile(r"\s+(?=Z$|[+-])")
#: libyaml where the wheel has it: some ten times faster.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_Value = str | list[Any] | dict[str, Any] | None


class Metadata(msgspec.Struct, frozen=True):
    """Who handed in one submission, when in seconds, and which submissions it replaced."""

    students: tuple[Student, ...] = ()
    when: float = 0.0
    replaced: tuple[str, ...] = ()


class BadMetadata(Exception):
    """The file cannot be read to its end; the text says in one line why."""


def read(path: Path) -> Iterator[tuple[str, Metadata]]:
    """Tell each submission's folder with its metadata, up to what is wrong; then BadMetadata."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise BadMetadata(f"it has more than {MAX_BYTES // 1024**2} MiB")
        with path.open("rb") as file:
            yield from _Reader(yaml.parse(file, Loader=_LOADER)).submissions()
    except (OSError, yaml.YAMLError, UnicodeError, ValueError) as error:
        raise BadMetadata(one_line(str(error))) from None


class _Reader:
    """Builds values from events; anchors are remembered by what was kept of them."""

    def __init__(self, events: Iterator[Any]) -> None:
        self._events = events
        self._anchors: dict[str, _Value] = {}

    def submissions(self) -> Iterator[tuple[str, Metadata]]:
        for event in self._events:
            if isinstance(event, yaml.MappingStartEvent):
                yield from self._top()
                return
            if isinstance(event, yaml.ScalarEvent | yaml.SequenceStartEvent):
                raise BadMetadata("it does not begin with a submission")

    def _top(self) -> Iterator[tuple[str, Metadata]]:
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._value(event, 1)
            value = self._submission(next(self._events))
            if isinstance(key, str):
                yield key, _metadata(value)

    def _submission(self, event: Any) -> dict[str, Any]:
        """The few fields that are of use; what is skipped is never built."""
        if not isinstance(event, yaml.MappingStartEvent):
            self._skip(event)
            return {}
        found: dict[str, Any] = {}
        self._keep(event, found)
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._value(event, 2)
            event = next(self._events)
            if key in _KEPT:
                found[str(key)] = self._value(event, 2)
            else:
                self._skip(event)
        return found

    def _value(self, event: Any, depth: int) -> _Value:
        if depth > _MAX_DEPTH:
            raise BadMetadata(f"it is nested more than {_MAX_DEPTH} levels deep")
        if isinstance(event, yaml.AliasEvent):
            return self._anchors.get(str(event.anchor))
        if isinstance(event, yaml.ScalarEvent):
            return self._keep(event, _scalar(event))
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Any] = []
            self._keep(event, items)
            while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
                items.append(self._value(event, depth + 1))
            return items
        fields: dict[str, Any] = {}
        self._keep(event, fields)
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._value(event, depth + 1)
            value = self._field(key, next(self._events), depth)
            if isinstance(key, str):
                fields[key] = value
        return fields

    def _field(self, key: _Value, event: Any, depth: int) -> _Value:
        """A field's value, but for results: an earlier submission has as many as the last."""
        if key == ":results":
            self._skip(event)
            return None
        return self._value(event, depth + 1)

    def _skip(self, event: Any) -> None:
        """Pass over a value, with nothing kept but short texts that have an anchor."""
        depth = 0
        while True:
            if isinstance(event, yaml.ScalarEvent):
                self._keep(event, _scalar(event))
            elif isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth == 0:
                return
            event = next(self._events)

    def _keep(self, event: Any, value: _Value) -> _Value:
        if event.anchor is not None:
            self._anchors[event.anchor] = value
        return value


def _scalar(event: yaml.ScalarEvent) -> str | None:
    text: str = event.value
    return None if event.style is None and text in ("", "~", "null") else text[:_MAX_SCALAR]


def _metadata(found: dict[str, Any]) -> Metadata:
    students = [_student(one) for one in _items(found, ":submitters")]
    replaced = [_text(one, ":id") for one in _items(found, ":history")]
    return Metadata(
        students=tuple(dict.fromkeys(one for one in students if one != Student())),
        when=_seconds(found.get(":created_at")),
        replaced=tuple(f"submission_{one}" for one in replaced if one),
    )


def _items(found: dict[str, Any], key: str) -> list[Any]:
    """A list's beginning: by aliases one long list could be that of every submission."""
    value = found.get(key)
    return value[:_MAX_ITEMS] if isinstance(value, list) else []


def _student(submitter: Any) -> Student:
    return Student(
        id=_text(submitter, ":sid"),
        name=_text(submitter, ":name"),
        email=_text(submitter, ":email"),
    )


def _text(fields: Any, key: str) -> str:
    value = fields.get(key) if isinstance(fields, dict) else None
    return readable(value) if isinstance(value, str) else ""


def _seconds(created: Any) -> float:
    """A time as YAML writes it, `2026-03-01 10:00:00.123456789 Z`; 0 where it is none."""
    try:
        return datetime.fromisoformat(_BEFORE_ZONE.sub("", str(created))).timestamp()
    except (ValueError, OverflowError, OSError):
        return 0.0
