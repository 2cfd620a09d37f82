"""The command `deeprnn audit`: its options, and what is done with them."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from pytest_deeprnn.core.errors import Misuse
from pytest_deeprnn.core.exercise import Exercise, ExerciseError, load
from pytest_deeprnn.core.settings import PROFILES
from pytest_deeprnn.frontends.cli.common import Commands

_WHAT = "show which faults an exercise's checks catch, and which they would miss"
_MORE = """\
Submissions are generated in several styles: right ones in every accepted convention, and wrong
ones with one fault each, in the equations, in how the layers hang together, and in how parameters
and states are made. Each is graded against the checks that EXERCISE gives points for.

  exact   the fault was caught, and its cause was proven and told first
  named   caught, and its cause was told first
  caught  caught, but another cause was told first
  MISSED  the wrong submission passed
  pass    a right submission passed
  ALARM   a right submission failed
"""
_END = """\
exit codes: 0 everything caught and no false alarm, 1 something missed or a false alarm,
4 the command line or the exercise is wrong
"""


def add(commands: Commands) -> None:
    """Declare the command and its options."""
    parser = commands.add_parser(
        "audit",
        help=_WHAT,
        description=f"{_WHAT[0].upper()}{_WHAT[1:]}.\n\n{_MORE}",
        epilog=_END,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("exercise", metavar="EXERCISE", help="an exercise's name or folder")
    parser.add_argument(
        "--profile",
        choices=PROFILES,
        default="quick",
        help="how many cases a submission is graded on, and in how many places and styles each "
        "fault is tried (default: quick)",
    )
    parser.add_argument(
        "--style",
        action="append",
        metavar="NAME",
        help="a style to write in; may be given several times (default: all)",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all results as JSON")
    parser.add_argument("--html", type=Path, metavar="FILE", help="write a page of the results")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep the generated files there")
    parser.add_argument(
        "--jobs",
        type=int,
        metavar="N",
        default=os.cpu_count() or 1,
        help="processes (default: cores)",
    )
    parser.set_defaults(run=_run)


def _run(given: argparse.Namespace) -> int:
    """Check the options before anything heavy is imported."""
    exercise = _exercise(given.exercise)
    if given.jobs < 1:
        raise Misuse(f"--jobs {given.jobs}: expected a number of processes, 1 or more")
    for option, file in (("json", given.json), ("html", given.html)):
        if file is not None and not file.resolve().parent.is_dir():
            raise Misuse(f"--{option} {file}: there is no folder {file.resolve().parent}")
    if given.keep is not None:
        _make_folder(given.keep)
    from pytest_deeprnn.instructor.audit.session import Asked, run

    return run(
        Asked(
            exercise=exercise,
            profile=given.profile,
            styles=tuple(dict.fromkeys(given.style or ())),
            jobs=given.jobs,
            keep=given.keep,
            json=given.json,
            html=given.html,
        )
    )


def _exercise(name: str) -> Exercise:
    try:
        return load(name)
    except ExerciseError as error:
        raise Misuse(str(error)) from None


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Misuse(f"--keep {folder}: {error.strerror}") from None
