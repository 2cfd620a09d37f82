"""Checks live functions where they were written: in a notebook, in IPython, in a script."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

import msgspec
from rich.text import Text

from pytest_deeprnn.core.catalogue import Words
from pytest_deeprnn.core.exercise import Exercise, ExerciseError, load
from pytest_deeprnn.core.report import Diagnosis, Report, from_json, to_json
from pytest_deeprnn.core.settings import LANGUAGES, PROFILES, Language, Profile, Settings
from pytest_deeprnn.frontends.notebook.process import PracticeSpawner, unharmed
from pytest_deeprnn.frontends.notebook.source import Found, Functions, find
from pytest_deeprnn.frontends.notebook.staleness import refuse_others
from pytest_deeprnn.grading.grader import DirectGrader
from pytest_deeprnn.reporting.html_page.excerpt import source_key
from pytest_deeprnn.reporting.html_page.page import render
from pytest_deeprnn.reporting.terminal import brief
from pytest_deeprnn.reporting.terminal.screen import Row, Screen

_PRACTICE = (
    "This was a practice run: your code ran without isolation, "
    "so its points do not count as a grade."
)
#: The page is a document of its own: its style stays in it, and nothing in it may run a script.
_FRAME = (
    '<iframe title="{title}" srcdoc="{page}" sandbox '
    'style="width: 100%; height: 80vh; min-height: 30rem; border: 0"></iframe>'
)


@dataclass(frozen=True, repr=False)
class Feedback:
    """What a check found: a page in a notebook, some lines elsewhere; `page` is whole HTML."""

    report: Report
    page: str
    lang: Language = "en"

    def _repr_html_(self) -> str:
        """The page for a notebook's cell, which its style cannot leave."""
        title = f"pytest-deeprnn: {self.report.exercise}"
        return _FRAME.format(title=escape(title), page=escape(self.page))

    def __repr__(self) -> str:
        """The lines that end a run of pytest."""
        screen = Screen()
        return "\n".join(told for row in self._rows() for told in screen.lines(row))

    def _rows(self) -> Iterator[Row]:
        words = Words(self.lang)
        yield brief.score(self.report, words)
        yield Row(Text(words(_PRACTICE)), indent=2)
        yield from brief.rows(self.report, words)


def check(
    get_params: Callable[..., object],
    init_state: Callable[..., object],
    forward: Callable[..., object],
    *,
    exercise: str,
    profile: Profile = "standard",
    seed: int = 0,
    lang: Language = "en",
) -> Feedback:
    """Check three functions right here, for practice: their text is read and run once more.

    Raises TypeError or ValueError, in one line, where something given cannot be used or where the
    text of a function cannot be found.
    """
    functions: Functions = {
        "get_params": get_params,
        "init_state": init_state,
        "forward": forward,
    }
    _refuse_uncallable(functions)
    settings = _settings(profile, seed, lang)
    asked = _exercise(exercise)
    caller = sys._getframe(1).f_globals
    with tempfile.TemporaryDirectory(prefix="deeprnn-") as folder:
        found = find(functions, caller, asked.network.cells, Path(folder))
        report = _graded(found, functions, asked, settings)
    return Feedback(report, render(report, _sources(found), lang), lang)


def _refuse_uncallable(functions: Functions) -> None:
    for role, given in functions.items():
        if not callable(given):
            raise TypeError(f"check: {role} must be a function, and this is {type(given).__name__}")


def _settings(profile: Profile, seed: int, lang: Language) -> Settings:
    _refuse_unknown("profile", profile, PROFILES)
    _refuse_unknown("lang", lang, LANGUAGES)
    if not isinstance(seed, int) or seed < 0:
        raise ValueError(f"check: seed={seed!r}: expected a whole number, 0 or more")
    return Settings(profile=profile, seed=seed, isolation="none", lang=lang)


def _refuse_unknown(name: str, value: object, known: Collection[str]) -> None:
    if value not in known:
        raise ValueError(f"check: {name}={value!r}: expected {', '.join(known)}")


def _exercise(name: str) -> Exercise:
    try:
        return load(str(name))
    except ExerciseError as error:
        raise ValueError(f"check: {error}") from None


def _graded(found: Found, functions: Functions, exercise: Exercise, settings: Settings) -> Report:
    """Run all checks; what the learner's code prints goes to the page, as in a graded run."""
    with unharmed() as printed:
        grader = DirectGrader(settings, PracticeSpawner())
        (opened,) = grader.open(found.submission, exercise)
        for name in opened.checks:
            grader.check(opened.key, name)
            refuse_others(functions, found)
        report = grader.report(opened.key)
        grader.close()
    return msgspec.structs.replace(_as_named(report, found.aliases), output=printed.take())


def _as_named(report: Report, aliases: Mapping[str, str]) -> Report:
    """The report with the learner's own names and lines: ours occur nowhere else in it."""
    theirs = (_without_line(one) if _is_ours(one, aliases) else one for one in report.diagnoses)
    text = to_json(msgspec.structs.replace(report, diagnoses=tuple(theirs)))
    for alias, name in aliases.items():
        text = text.replace(alias.encode(), name.encode())
    return from_json(text)


def _is_ours(diagnosis: Diagnosis, aliases: Mapping[str, str]) -> bool:
    return any(alias in (diagnosis.source or "") for alias in aliases)


def _without_line(diagnosis: Diagnosis) -> Diagnosis:
    return msgspec.structs.replace(diagnosis, file=None, cell=None, line=None, source=None)


def _sources(found: Found) -> Mapping[str, str]:
    """The learner's texts by the keys that the page asks for."""
    main = Path(found.submission.path).name
    return {source_key(main, piece.cell): piece.text for piece in found.prepared.source.pieces}
