"""The command `deeprnn new`: its options, and what is done with them."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from pytest_deeprnn.core.errors import Misuse
from pytest_deeprnn.core.exercise import ExerciseError
from pytest_deeprnn.core.language import of_environment
from pytest_deeprnn.core.sanitize import line
from pytest_deeprnn.core.settings import LANGUAGES
from pytest_deeprnn.frontends.cli.common import Commands
from pytest_deeprnn.instructor.scaffold.files import KINDS, Made, make

_WHAT = "make a student repository, or what a platform grades with"
_MORE = """\
student      starter file, statement, README, and workflows for GitHub and GitLab that grade
             each push with this very version
gradescope   setup.sh and run_autograder, to be zipped and uploaded as an autograder
classroom50  autograder.py, for an assignment of Classroom 50
"""
_NEXT = {
    "student": "next: write your network in student.py",
    "gradescope": "next: zip the files, so that setup.sh is at the top, and upload the zip",
    "classroom50": "next: put autograder.py into autograders/ASSIGNMENT of your classroom50",
}


def add(commands: Commands) -> None:
    """Declare the command and its options."""
    parser = commands.add_parser(
        "new",
        help=_WHAT,
        description=f"{_WHAT[0].upper()}{_WHAT[1:]}.\n\n{_MORE}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("exercise", metavar="EXERCISE", help="an exercise's name or folder")
    parser.add_argument("folder", type=Path, metavar="DIR", help="where the files go")
    parser.add_argument(
        "--for",
        dest="kind",
        choices=KINDS,
        default="student",
        help="what the files are for (default: student)",
    )
    parser.add_argument(
        "--lang",
        choices=LANGUAGES,
        help="language of statement and README (default: what your environment says, else en)",
    )
    parser.add_argument(
        "--install",
        default="",
        metavar="REQUIREMENT",
        help="what pip installs as this program, as in 'pytest-deeprnn @ git+https://…' (default: "
        "this version, from the package index)",
    )
    parser.add_argument(
        "--overwrite", action="store_true", help="replace files that are there already"
    )
    parser.set_defaults(run=_run)


def _run(given: argparse.Namespace) -> int:
    lang = given.lang or of_environment(os.environ)
    try:
        made = make(given.exercise, given.kind, lang, given.install)
    except ExerciseError as error:
        raise Misuse(str(error)) from None
    there = [str(one.path) for one in made if os.path.lexists(given.folder / one.path)]
    if there and not given.overwrite:
        raise Misuse(
            f"{given.folder} has {', '.join(there)} already: nothing was written; "
            "--overwrite replaces them"
        )
    try:
        for one in made:
            _write(given.folder, one)
            print(line(f"{given.folder / one.path}"))
    except OSError as error:
        raise Misuse(f"{error.filename or given.folder}: {error.strerror}") from None
    print(_NEXT[given.kind])
    return 0


def _write(folder: Path, one: Made) -> None:
    path = folder / one.path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)  # a link would be written through
    path.write_bytes(one.content)
    if one.executable:
        path.chmod(0o755)
