"""Which submissions a run has graded: what counts are the reports that it wrote."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Self

import msgspec

from pytest_deeprnn.report import from_json

_GRADED = ("pass", "fail")
_Stamp = tuple[int, int] | None


@dataclass(frozen=True)
class Evidence:
    """The reports that were there before a run: an old one is no grade of the new run."""

    _before: dict[Path, _Stamp]

    @classmethod
    def before(cls, folder: Path, ids: list[str]) -> Self:
        """Remember what the folder holds for these submissions."""
        return cls({path: _stamp(path) for path in (folder / f"{one}.json" for one in ids)})

    def ungraded(self) -> list[str]:
        """The submissions without a new report that grades them."""
        return [
            path.name.removesuffix(".json")
            for path, old in self._before.items()
            if _stamp(path) == old or not _is_grade(path)
        ]


def _stamp(path: Path) -> _Stamp:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns


def _is_grade(path: Path) -> bool:
    try:
        return from_json(path.read_bytes()).verdict in _GRADED
    except (OSError, msgspec.DecodeError):
        return False
