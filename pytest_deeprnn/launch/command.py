"""The command `deeprnn grade`: its options, and what is done with them."""

from __future__ import annotations

import argparse
import os
import sys
from importlib.util import find_spec
from pathlib import Path

from pytest_deeprnn.exercise import ExerciseError, load, packaged
from pytest_deeprnn.inert import line
from pytest_deeprnn.language import of_environment
from pytest_deeprnn.launch.evidence import Evidence
from pytest_deeprnn.launch.line import Asked
from pytest_deeprnn.launch.run import run, workplace
from pytest_deeprnn.settings import ISOLATIONS, LANGUAGES, PROFILES
from pytest_deeprnn.subcommands import Commands, Misuse
from pytest_deeprnn.submission.discover import NoSubmission, discover

_ISOLATIONS = [one for one in ISOLATIONS if one != "none"]  # which gives no grade that counts
_UNGRADED = 3
_WRONG_USE = 4
_TOLD = 5  # submissions that are named where more could not be graded

_WHAT = "grade submissions in a run that nothing in their folders takes part in"
_MORE = """\
Runs pytest in an empty folder, with an ini of its own, no conftest, no other plugins, and few
variables of the environment. A PATH is a .py or .ipynb file, a folder of them, or a .zip.
"""
_END = """\
exit codes: 0 all submissions were graded, whatever their grades, 3 some could not be graded,
4 the command line or the exercise is wrong
"""


def add(commands: Commands) -> None:
    """Declare the command and its options."""
    parser = commands.add_parser(
        "grade",
        help=_WHAT,
        description=f"{_WHAT[0].upper()}{_WHAT[1:]}.\n\n{_MORE}",
        epilog=_END,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("paths", nargs="+", metavar="PATH", help="submissions")
    parser.add_argument(
        "--exercise", required=True, metavar="NAME", help="an exercise's name or folder"
    )
    parser.add_argument(
        "--out", required=True, type=Path, metavar="DIR", help="folder of the reports"
    )
    parser.add_argument(
        "--lang",
        choices=LANGUAGES,
        help="language of the feedback (default: what your environment says, else en)",
    )
    parser.add_argument(
        "--profile", choices=PROFILES, default="standard", help="how many cases (default: standard)"
    )
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="the cohort's seed")
    parser.add_argument(
        "--isolation",
        choices=_ISOLATIONS,
        default="auto",
        help="what holds the submissions apart (default: the best there is)",
    )
    parser.add_argument(
        "--jobs",
        type=int,
        default=1,
        metavar="N",
        help="processes, for which pytest-xdist is needed (default: 1)",
    )
    parser.set_defaults(run=_run)


def _run(given: argparse.Namespace) -> int:
    """Check what was given, run, and look which reports there are."""
    _check_numbers(given)
    exercise = _exercise(given.exercise)
    with workplace() as place:
        ids = _ids(given.paths, place.temporary / "listed")
        report = _folder(given.out)
        evidence = Evidence.before(report, ids)
        code = run(
            Asked(
                submissions=tuple(Path(path).absolute() for path in given.paths),
                exercise=exercise,
                report=report,
                lang=given.lang or of_environment(os.environ),  # which the run does not see
                profile=given.profile,
                seed=given.seed,
                isolation=given.isolation,
                jobs=given.jobs,
            ),
            place,
        )
        return _WRONG_USE if code == _WRONG_USE else _told(evidence.ungraded(), len(ids))


def _check_numbers(given: argparse.Namespace) -> None:
    if given.seed < 0:
        raise Misuse(f"--seed {given.seed}: expected a whole number, 0 or more")
    if given.jobs < 1:
        raise Misuse(f"--jobs {given.jobs}: expected a number of processes, 1 or more")
    if given.jobs > 1 and find_spec("xdist") is None:
        raise Misuse(f"--jobs {given.jobs}: needs pytest-xdist, which is not installed")


def _exercise(given: str) -> str:
    """The exercise's name, or the absolute path of its folder."""
    try:
        load(given)
    except ExerciseError as error:
        raise Misuse(str(error)) from None
    return given if given in packaged() else str(Path(given).absolute())


def _ids(paths: list[str], workspace: Path) -> list[str]:
    try:
        return [one.id for one in discover(paths, workspace)]
    except NoSubmission as error:
        raise Misuse(str(error)) from None


def _folder(out: Path) -> Path:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Misuse(f"--out {out}: {error.strerror}") from None
    return out.absolute()


def _told(ungraded: list[str], count: int) -> int:
    """Say which submissions could not be graded; the exit code."""
    if not ungraded:
        return 0
    named = ", ".join(ungraded[:_TOLD]) + (", …" if len(ungraded) > _TOLD else "")
    said = f"deeprnn grade: {len(ungraded)} of {count} submissions could not be graded: {named}"
    print(line(said), file=sys.stderr)
    return _UNGRADED
