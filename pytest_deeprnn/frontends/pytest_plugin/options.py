"""The command line and ini of a run, read and checked."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import msgspec
import pytest

from pytest_deeprnn.core.exercise import Exercise, ExerciseError, load, packaged
from pytest_deeprnn.core.language import of_environment
from pytest_deeprnn.core.settings import (
    ISOLATIONS,
    LANGUAGES,
    PROFILES,
    Isolation,
    Profile,
    Settings,
)
from pytest_deeprnn.grading.extensions.hooks import BadHooks
from pytest_deeprnn.grading.extensions.outputs import known
from pytest_deeprnn.reporting.formats.output import BadOutput, Wanted
from pytest_deeprnn.reporting.formats.selection import chosen, names
from pytest_deeprnn.sandbox.jail.availability import missing
from pytest_deeprnn.submission.discover import NoSubmission, Submission, discover

DEVICES = ("auto", "cpu")
DEFAULT_REPORT = "deeprnn-report"


@dataclass(frozen=True)
class Options:
    """Everything that a run was asked for."""

    named: tuple[Path, ...]
    submissions: tuple[Submission, ...]
    exercise: Exercise | None
    report: Path
    settings: Settings
    strict: bool
    debug: bool
    outputs: tuple[Wanted, ...]


def read(config: pytest.Config) -> Options:
    """Read all options; pytest.UsageError, in one line, for what cannot be used."""
    base = config.invocation_params.dir
    paths = _paths(config, base)
    try:
        submissions = discover(paths)
        exercise = _exercise(_text(config, "exercise", ""), base)
    except (NoSubmission, ExerciseError) as error:
        raise pytest.UsageError(str(error)) from None
    profile = _one_of("profile", _text(config, "profile", "standard"), PROFILES)
    lang = _one_of("lang", _text(config, "lang", of_environment(os.environ)), LANGUAGES)
    _one_of("device", _text(config, "device", "auto"), DEVICES)
    report = _report_folder(config, base)
    return Options(
        named=tuple(map(Path, paths)),
        submissions=tuple(_as_given(one, base) for one in submissions),
        exercise=exercise,
        report=report,
        settings=Settings(
            profile=cast(Profile, profile),
            seed=_seed(_text(config, "seed", "0")),
            isolation=_isolation(config),
            lang=lang,
        ),
        debug=bool(config.getoption("--deeprnn-debug") or config.getini("deeprnn_debug")),
        strict=bool(config.getoption("--deeprnn-strict") or config.getini("deeprnn_strict")),
        outputs=_outputs(config, exercise, report, base),
    )


def _outputs(
    config: pytest.Config, exercise: Exercise | None, report: Path, base: Path
) -> tuple[Wanted, ...]:
    asked = config.getoption("--deeprnn-output") or config.getini("deeprnn_output") or []
    try:
        there = known(names(asked), exercise.hooks if exercise else "")
        return chosen(asked, there, os.environ, report, base)
    except (BadOutput, BadHooks) as error:
        raise pytest.UsageError(f"--deeprnn-output={error}") from None


def _as_given(submission: Submission, base: Path) -> Submission:
    """Show a path below the invocation's folder as it would be typed there."""
    path = Path(submission.given)
    given = path.relative_to(base) if path.is_relative_to(base) else path
    return msgspec.structs.replace(submission, given=str(given))


def _paths(config: pytest.Config, base: Path) -> list[str]:
    given = config.getoption("--deeprnn-submission")
    paths = given or config.getini("deeprnn_submission")
    if "" in paths:
        raise pytest.UsageError("--deeprnn-submission=: expected a path")
    origin = base if given or config.inipath is None else config.inipath.parent
    return [str(origin / path) for path in paths]


def _report_folder(config: pytest.Config, base: Path) -> Path:
    """Make the folder at once: a place that cannot be written to is told before grading."""
    folder = base / _text(config, "report", DEFAULT_REPORT)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise pytest.UsageError(f"--deeprnn-report={folder}: {error.strerror}") from None
    return folder


def _text(config: pytest.Config, name: str, default: str) -> str:
    """An option, else its ini twin, else the default."""
    given = config.getoption(f"--deeprnn-{name}")
    return str(given if given is not None else config.getini(f"deeprnn_{name}") or default)


def _exercise(name: str, base: Path) -> Exercise | None:
    if not name:
        return None
    return load(name if name in packaged() or not (base / name).is_dir() else str(base / name))


def _one_of(option: str, value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise pytest.UsageError(f"--deeprnn-{option}={value}: expected {', '.join(known)}")
    return value


def _seed(text: str) -> int:
    try:
        seed = int(text)
    except ValueError:
        seed = -1
    if seed < 0:
        raise pytest.UsageError(f"--deeprnn-seed={text}: expected a whole number, 0 or more")
    return seed


def _isolation(config: pytest.Config) -> Isolation:
    asked = _one_of("isolation", _text(config, "isolation", "auto"), ISOLATIONS)
    if config.getoption("usepdb", False) or config.getoption("trace", False):
        if asked not in ("auto", "none"):
            raise pytest.UsageError(f"--pdb needs isolation none, and {asked} was asked for")
        return "none"
    if asked == "sandbox" and (hindrance := missing()):
        raise pytest.UsageError(f"--deeprnn-isolation=sandbox: there is none here: {hindrance}")
    return cast(Isolation, asked)
