"""The process that grades a class: started in an empty folder, with its orders as JSON.

`python -I -m pytest_deeprnn.instructor.gradebook.main ASKED`
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import msgspec

from pytest_deeprnn.core import faults
from pytest_deeprnn.core.exercise import load
from pytest_deeprnn.core.sanitize import line
from pytest_deeprnn.core.settings import Settings
from pytest_deeprnn.grading.client import RemoteGrader
from pytest_deeprnn.instructor.gradebook import class_outputs
from pytest_deeprnn.instructor.gradebook.entry import Row
from pytest_deeprnn.instructor.gradebook.exports.scores import BadExport
from pytest_deeprnn.instructor.gradebook.intake import take_in
from pytest_deeprnn.instructor.gradebook.jobs import Executor, NoCluster
from pytest_deeprnn.instructor.gradebook.local import LocalExecutor
from pytest_deeprnn.instructor.gradebook.options import BELOW, GO_ON, Asked
from pytest_deeprnn.instructor.gradebook.progress import progress
from pytest_deeprnn.instructor.gradebook.run import Run
from pytest_deeprnn.instructor.gradebook.store import BadStore, Store, StoreFailed
from pytest_deeprnn.sandbox.jail.availability import missing
from pytest_deeprnn.submission.discover import NoSubmission
from pytest_deeprnn.submission.not_installed import announcement

_UNGRADED = 3
_WRONG_USE = 4
_INTERRUPTED = 130  # as a shell tells Ctrl-C
_NAMED = 5  # submissions of which so many are named


def main() -> int:
    """Grade, write all that was asked for, and give the exit code."""
    asked = msgspec.json.decode(sys.argv[1], type=Asked)
    if asked.isolation == "sandbox" and (hindrance := missing()):
        return _end(f"--isolation sandbox: there is none here: {hindrance}", _WRONG_USE)
    try:
        return _grade(asked)
    except (NoSubmission, NoCluster, BadExport, BadStore) as error:
        return _end(str(error), _WRONG_USE)
    except KeyboardInterrupt:
        return _end(f"interrupted; {GO_ON}", _INTERRUPTED)
    except (StoreFailed, OSError) as error:
        return _end(f"{error}; {GO_ON}", _UNGRADED)


def _grade(asked: Asked) -> int:
    exercise = load(asked.exercise)
    folder = Path(asked.out)
    intake = take_in(list(asked.paths), Path(tempfile.gettempdir()) / "handed-in")
    for note in intake.notes:
        _say(note)
    if missing_modules := announcement(exercise, [one.submission for one in intake.entries]):
        _say(missing_modules)
    settings = Settings(
        profile=asked.profile, seed=asked.seed, isolation=asked.isolation, lang=asked.lang
    )
    with Store(asked.store or f"sqlite:///{folder / 'gradebook.sqlite'}") as store:
        run = Run(intake.entries, exercise, settings, store, folder)
        with closing(_executor(asked, settings)) as executor, progress() as shown:
            run.grade(executor, shown)
        class_outputs.write(asked, exercise, run)
        class_outputs.tell(asked, run)
        class_outputs.write_further(asked, exercise, run)
        faults.write(folder, faults.take())
        return _told(run.ungraded(), len(intake.entries)) or _failed(asked.fail_under, run)


def _failed(fail_under: float, run: Run) -> int:
    """Whether a grade is less than what was asked for; the exit code."""
    below = [row.entry.submission.id for row in run.rows() if not _reaches(row, fail_under)]
    return _end(f"less than {fail_under:g} % of the points: {_few(below)}", BELOW) if below else 0


def _reaches(row: Row, per_cent: float) -> bool:
    if per_cent == 100:
        return row.verdict == "pass"
    return 100 * row.score >= per_cent * row.max_score


def _executor(asked: Asked, settings: Settings) -> Executor:
    if asked.cluster:
        from pytest_deeprnn.instructor.gradebook.cluster import ClusterExecutor  # Dask is an extra

        return ClusterExecutor(asked.cluster, settings)
    return LocalExecutor(lambda: RemoteGrader(settings), asked.jobs)


def _told(ungraded: Iterable[str], count: int) -> int:
    """Say which submissions could not be graded; the exit code."""
    ids = list(ungraded)
    if not ids:
        return 0
    return _end(f"{len(ids)} of {count} submissions could not be graded: {_few(ids)}", _UNGRADED)


def _few(ids: list[str]) -> str:
    return ", ".join(ids[:_NAMED]) + (", …" if len(ids) > _NAMED else "")


def _end(text: str, code: int) -> int:
    _say(text)
    return code


def _say(text: str) -> None:
    print(line(f"deeprnn grade: {text}"), file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
