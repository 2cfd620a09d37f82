"""The command `deeprnn grade`: its options, and what is done with them."""

from __future__ import annotations

import argparse
import os
import sys
from importlib.util import find_spec
from pathlib import Path

from pytest_deeprnn.core.errors import Misuse
from pytest_deeprnn.core.exercise import ExerciseError, load, packaged
from pytest_deeprnn.core.language import of_environment
from pytest_deeprnn.core.settings import ISOLATIONS, LANGUAGES, PROFILES
from pytest_deeprnn.frontends.cli.common import Commands
from pytest_deeprnn.frontends.cli.isolated_run import run, workplace
from pytest_deeprnn.grading.extensions.hooks import BadHooks
from pytest_deeprnn.grading.extensions.outputs import known
from pytest_deeprnn.instructor.gradebook.options import BELOW, GO_ON, Asked
from pytest_deeprnn.reporting.formats.output import BadOutput, Wanted
from pytest_deeprnn.reporting.formats.selection import chosen, names

_ISOLATIONS = [one for one in ISOLATIONS if one != "none"]  # which gives no grade that counts
_UNGRADED = 3
_OWN_CODES = {0: 0, BELOW: 1, 3: 3, 4: 4, 130: 130}  # all others mean that the run has died

_WHAT = "grade submissions, one or a whole class, and keep what was graded"
_MORE = """\
A PATH is a .py or .ipynb file, a folder of them or of students' folders, a .zip, or an export of
Canvas, Moodle or Gradescope. Nothing that lies beside a submission takes part in its grading.
The same command again grades only what is missing or has changed.
"""
_END = """\
exit codes: 0 all submissions were graded, whatever their grades, 1 one has less than --fail-under
asks for, 3 some could not be graded, 4 the command line or the exercise is wrong, 130 interrupted
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
        default=_cores(),
        metavar="N",
        help="graders at the same time (default: one for each core that may be used: %(default)s)",
    )
    parser.add_argument(
        "--cluster",
        default="",
        metavar="ADDRESS",
        help="grade on a Dask cluster instead: its scheduler, as in tcp://host:8786",
    )
    parser.add_argument(
        "--store",
        default="",
        metavar="URL",
        help="database of what was graded, as SQLAlchemy names it (default: a file in DIR)",
    )
    parser.add_argument(
        "--canvas",
        default="",
        metavar="CSV",
        help="the gradebook that Canvas exported, of which a copy is filled",
    )
    parser.add_argument(
        "--moodle",
        default="",
        metavar="CSV",
        help="Moodle's grading worksheet, of which a copy is filled",
    )
    parser.add_argument(
        "--anonymous", action="store_true", help="leave names and ids out of the class page"
    )
    parser.add_argument(
        "--output",
        action="append",
        default=[],
        metavar="NAME[=PATH]",
        help="a further form of the reports: github, gitlab, junit, gradescope, classroom50, or "
        "one that hooks add; may be given several times (default: that of the CI system it runs "
        "on; none for nothing)",
    )
    parser.add_argument(
        "--fail-under",
        type=float,
        default=0.0,
        metavar="PERCENT",
        help="end with 1 where a submission has less than this share of the points; 100 asks "
        "that every check passed (default: grades change nothing)",
    )
    parser.set_defaults(run=_run)


def _run(given: argparse.Namespace) -> int:
    """Check what was given, and run."""
    _check(given)
    exercise, folder = _exercise(given.exercise), _folder(given.out)
    asked = Asked(
        paths=tuple(str(Path(path).absolute()) for path in given.paths),
        exercise=exercise,
        out=str(folder),
        lang=given.lang or of_environment(os.environ),  # which the run does not see
        profile=given.profile,
        seed=given.seed,
        isolation=given.isolation,
        jobs=given.jobs,
        cluster=given.cluster,
        store=given.store,
        canvas=given.canvas and str(Path(given.canvas).absolute()),
        moodle=given.moodle and str(Path(given.moodle).absolute()),
        anonymous=given.anonymous,
        outputs=_outputs(given.output, exercise, folder),
        fail_under=given.fail_under,
    )
    with workplace() as place:
        code = run(asked, place)
    if code in _OWN_CODES:
        return _OWN_CODES[code]
    print(f"deeprnn grade: the run died with exit status {code}; {GO_ON}", file=sys.stderr)
    return _UNGRADED


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _check(given: argparse.Namespace) -> None:
    if given.seed < 0:
        raise Misuse(f"--seed {given.seed}: expected a whole number, 0 or more")
    if not 0 <= given.fail_under <= 100:
        raise Misuse(f"--fail-under {given.fail_under:g}: expected a share of the points, 0 to 100")
    if given.jobs < 1:
        raise Misuse(f"--jobs {given.jobs}: expected a number of graders, 1 or more")
    if given.cluster and find_spec("distributed") is None:
        raise Misuse(f"--cluster {given.cluster}: needs Dask: pip install pytest-deeprnn[cluster]")
    for name in ("canvas", "moodle"):
        path = getattr(given, name)
        if path and not Path(path).is_file():
            raise Misuse(f"--{name} {path}: there is no such file")


def _exercise(given: str) -> str:
    """The exercise's name, or the absolute path of its folder."""
    try:
        load(given)
    except ExerciseError as error:
        raise Misuse(str(error)) from None
    return given if given in packaged() else str(Path(given).absolute())


def _outputs(asked: list[str], exercise: str, folder: Path) -> tuple[Wanted, ...]:
    """What the run writes beside the reports; it sees nothing of the environment itself."""
    try:
        there = known(names(asked), load(exercise).hooks)
        return chosen(asked, there, os.environ, folder, Path.cwd())
    except (BadOutput, BadHooks) as error:
        raise Misuse(f"--output {error}") from None


def _folder(out: Path) -> Path:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Misuse(f"--out {out}: {error.strerror}") from None
    return out.absolute()
