"""Makes a student's attempt an entry of the gradebook: their files, a main file, and an id."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePath

from pytest_deeprnn.core.sanitize import word
from pytest_deeprnn.instructor.gradebook.attempts import Last
from pytest_deeprnn.instructor.gradebook.entry import Entry
from pytest_deeprnn.instructor.gradebook.platforms.upload import Handed
from pytest_deeprnn.instructor.gradebook.student_folders import (
    Placed,
    files_in,
    holds_zip,
    is_zip,
    place,
)
from pytest_deeprnn.sandbox.protocol.text import sendable
from pytest_deeprnn.submission.discover import Found, Submission, submission
from pytest_deeprnn.submission.errors import one_line
from pytest_deeprnn.submission.folders import of_student
from pytest_deeprnn.submission.ids import Named, file_stem, fresh

_NAMES_TOLD = 3


def entry_of(one: Last, base: Path, taken: set[str], notes: list[str]) -> Entry:
    """Make an entry of an attempt; files that have to be moved get a folder in `base`.

    An attempt without a file to grade has a submission with a problem. What was lost beside a file
    that can be graded is noted.
    """
    handed = one.attempt.handed
    id_ = fresh(_label(one), taken)
    placed = _placed(handed, base / id_)
    refused = [f"{_short(path)}: it did not come out of the zip" for path in one.attempt.refused]
    lost = (*refused, *placed.lost)
    found, name = _main(placed.folder), handed.name
    if found is None:
        made = _without(one, id_, _problem(handed, placed.folder, lost))
    else:
        told = _told(handed, placed.folder, found.main)
        name = told.parts[0]
        made = submission(found, _named(id_, found.main), str(one.attempt.shown / told))
        notes += [one_line(f"{one.attempt.shown / handed.name}: {line}") for line in lost]
    return Entry(
        submission=made,
        students=one.students,
        platform=one.attempt.platform,
        handed_in=sendable(name),
        late=handed.late,
        earlier=tuple(map(sendable, one.earlier)),
    )


def _label(one: Last) -> str:
    """The students' ids and names, as they can begin a file's name."""
    number = one.attempt.handed.number
    labels = [f"{who.id or number}_{who.name}".strip("_") for who in one.students]
    return file_stem("+".join(filter(None, labels)) or one.attempt.handed.name)


def _named(id_: str, main: Path) -> Named:
    return Named(id_, f"{id_}{main.suffix}")


def _placed(handed: Handed, target: Path) -> Placed:
    """The student's folder, where it can stay as it is, else one with all that they handed in."""
    if handed.folder is None:
        return place(((one.path, PurePath(one.name)) for one in handed.files), target)
    if holds_zip(handed.folder):
        return place(files_in(handed.folder), target)
    return Placed(handed.folder)


def _main(folder: Path) -> Found | None:
    main = next(of_student(folder), None)
    if main is None:
        return None
    return Found(
        main=main.path, path=main.opens, folder=main.folder, root=folder, place=folder.resolve()
    )


def _told(handed: Handed, folder: Path, main: Path) -> Path:
    """The main file's path in the export; that of the zip which holds it."""
    if handed.folder is not None:
        return Path(handed.name) / main.relative_to(folder)
    whole = {folder / file.name: file.path.name for file in handed.files}
    zips = (one.path.name for one in handed.files if is_zip(one.path.name))
    return Path(whole.get(main) or next(zips, handed.name))


def _without(one: Last, id_: str, problem: str) -> Submission:
    """The submission of a student who handed in nothing that can be graded."""
    handed, shown = one.attempt.handed, one.attempt.shown
    first = next((path for path, _ in _files(handed)), shown / handed.name)
    return Submission(
        id=id_,
        name=f"{id_}{first.suffix if handed.folder is None else ''}",
        path=sendable(str(first)),
        given=sendable(str(shown / handed.name)),
        problem=problem,
    )


def _problem(handed: Handed, folder: Path, lost: Sequence[str]) -> str:
    """Why there is nothing to grade, in one line."""
    if lost or handed.problem:
        return one_line(lost[0] if lost else handed.problem)
    names = sorted(name.as_posix() for _, name in files_in(folder))
    if not names:
        return "nothing was handed in: the folder is empty"
    told = ", ".join(map(word, names[:_NAMES_TOLD]))
    more = len(names) - _NAMES_TOLD
    others = f" and {more} more" if more > 0 else ""
    return one_line(f"no .py or .ipynb file was handed in, only {told}{others}")


def _files(handed: Handed) -> list[tuple[Path, PurePath]]:
    if handed.folder is not None:
        return sorted(files_in(handed.folder))
    return [(one.path, PurePath(one.name)) for one in handed.files]


def _short(path: Path) -> str:
    return word(path.name)
