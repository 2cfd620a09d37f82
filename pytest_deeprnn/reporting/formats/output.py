"""What an output is: a name, a file, and how reports are written into it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from pytest_deeprnn.core.report import Diagnosis, Report
from pytest_deeprnn.core.settings import Language


@dataclass(frozen=True)
class Result:
    """A report, and the main file that it is about, as it lies where it was handed in."""

    report: Report
    path: Path

    def file_of(self, found: Diagnosis) -> Path:
        """The file that a diagnosis points at: the main file, or a helper beside it."""
        return self.path if found.file is None else self.path.parent / found.file


@dataclass(frozen=True)
class Place:
    """Where an output goes, for readers of which language, and what it may know of its caller.

    `base` is the caller's folder, `variables` are those of its environment that the output names.
    """

    path: Path
    lang: Language
    base: Path
    variables: Mapping[str, str]

    def below(self, root: str, path: Path) -> str:
        """A path from the folder that a variable names, or the caller's; whole if elsewhere."""
        base = Path(self.variables.get(root) or self.base).resolve()
        whole = path.resolve()
        return str(whole.relative_to(base) if whole.is_relative_to(base) else whole)


def _nowhere(variables: Mapping[str, str]) -> str | None:
    return None


@dataclass(frozen=True)
class Output:
    """A form of reports.

    `write` writes all results of a run, and gives what is to be said on the terminal, "" for
    nothing. `file` is its name in the report folder where nothing else is asked for. `place` tells
    from the caller's environment whether its platform is there: the file that this wants, "" for
    the one in the report folder, None where the platform is not there.
    """

    name: str
    what: str
    file: str
    write: Callable[[Sequence[Result], Place], str]
    place: Callable[[Mapping[str, str]], str | None] = _nowhere
    variables: tuple[str, ...] = ()


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """An output that a run was asked for, with what Place needs; paths are absolute."""

    output: str
    path: str
    base: str
    variables: dict[str, str]


class BadOutput(Exception):
    """An output that cannot be had; the text is one line and says why."""


def causes(report: Report) -> tuple[Diagnosis, ...]:
    """The root causes, likeliest first."""
    return tuple(one for one in report.diagnoses if one.follows_from is None)
