"""Which submissions a path holds: a file, a folder of them, or a zip."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

import msgspec

from pytest_deeprnn.sandbox.protocol.text import sendable
from pytest_deeprnn.submission.files import digest
from pytest_deeprnn.submission.folders import MAIN_STEMS as MAIN_STEMS
from pytest_deeprnn.submission.folders import Main, is_source_name, search
from pytest_deeprnn.submission.ids import Named, Placed, named
from pytest_deeprnn.submission.paths import Given, given
from pytest_deeprnn.submission.paths import NoSubmission as NoSubmission
from pytest_deeprnn.submission.source import MAX_NOTEBOOK

_NO_UTF8 = "the name of this file, or of its folder, is not UTF-8: rename it"


class Submission(msgspec.Struct, frozen=True, kw_only=True):
    """One student's work: a main file, and its folder where helper modules may stand beside it.

    A `problem` is why it cannot be opened at all.
    """

    id: str
    name: str
    path: str
    folder: str | None = None
    given: str
    problem: str = ""

    def sha256(self) -> str:
        """The hash of the main file's bytes, empty where they cannot be read."""
        return digest(Path(self.path), MAX_NOTEBOOK)


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A main file with the place it was found under; a zip's `place` is that of the zip itself.

    `path` is where it is opened: a link stays a link there unless it may be followed. A `problem`
    is why it cannot be.
    """

    main: Path
    path: Path
    folder: Path | None
    root: Path
    place: Path
    problem: str = ""

    @property
    def relative(self) -> str:
        """The path from the place that was named."""
        return self.main.relative_to(self.root).as_posix()


def discover(paths: list[str], workspace: Path | None = None) -> list[Submission]:
    """Find the submissions that the paths hold, in order and each once.

    A zip is unpacked into `workspace`, by default a folder that is removed when the process ends.
    Raises NoSubmission where a path is missing, of another kind, or empty; a zip that holds nothing
    is a submission that cannot be opened where it is one of several.
    """
    found: dict[Path, Found] = {}
    for one in given(paths, workspace):
        for main in find(one, alone=len(paths) == 1):
            found.setdefault(main.path, main)
    return submissions(list(found.values()))


def submissions(found: list[Found]) -> list[Submission]:
    """Name what was found after its files, each differently."""
    names = named([Placed(one.relative, one.place / one.relative) for one in found])
    return [submission(one, name) for one, name in zip(found, names, strict=True)]


def submission(found: Found, name: Named, told: str = "") -> Submission:
    """Describe a main file; `told` is its path as the user knows it, where it has another one."""
    path = str(found.path)
    folder = None if found.folder is None else str(found.folder.resolve())
    readable = sendable(path) == path and (folder is None or sendable(folder) == folder)
    return Submission(
        id=name.id,
        name=name.name,
        path=sendable(path),
        folder=folder if readable else None,
        given=sendable(told or str(found.main)),
        problem=found.problem if readable else _NO_UTF8,
    )


def find(one: Given, alone: bool) -> list[Found]:
    """Find all submissions of a file, folder or zip that was opened.

    Raises NoSubmission where there is none; a zip beside others is one then that cannot be opened.
    """
    if one.root is None:
        return [_of_file(one)]
    try:
        return _in_root(one, one.root)
    except NoSubmission as error:
        if alone or not one.is_zip:
            raise
        return [_of_file(one, str(error).removeprefix(f"submission {one.path}: "))]


def find_others(one: Given, root: Path, leaving: Collection[str]) -> list[Found]:
    """Find the submissions of a folder in what was opened, but for some names; maybe none."""
    try:
        return _in_root(one, root, leaving)
    except NoSubmission:
        return []


def _of_file(one: Given, problem: str = "") -> Found:
    problem = problem or one.problem
    root = one.path.parent
    return Found(
        main=one.path,
        path=one.place,
        folder=None if problem else root,
        root=root,
        place=root if problem else one.place.parent,
        problem=problem,
    )


def _in_root(one: Given, root: Path, leaving: Collection[str] = ()) -> list[Found]:
    place = one.place.with_suffix("") if one.is_zip else one.place
    lost = [
        main for main in _lost(one, root) if main.path.relative_to(root).parts[0] not in leaving
    ]
    try:
        found = [_found(main, root, place) for main in search(root, leaving)]
    except OSError as error:
        raise NoSubmission(f"submission {one.path}: {error.strerror}") from None
    if not found and not lost:
        raise NoSubmission(f"submission {one.path}: the folder holds no .py or .ipynb file")
    return _with_lost(found, lost, root, place) if lost else found


def _with_lost(found: list[Found], lost: list[Main], root: Path, place: Path) -> list[Found]:
    """Those of a zip that could not be unpacked as well: they cannot be read."""
    students = {one.main.relative_to(root).parts[0] for one in found}
    for main in lost:
        student = main.path.relative_to(root).parts[0]
        if student not in students:
            students.add(student)
            found.append(_found(main, root, place))
    return sorted(found, key=lambda one: one.main)


def _lost(one: Given, root: Path) -> Iterator[Main]:
    for path in one.refused:
        relative = path.relative_to(root) if path.is_relative_to(root) else None
        if relative is not None and is_source_name(relative):
            yield Main(path, path, None if len(relative.parts) == 1 else path.parent)


def _found(main: Main, root: Path, place: Path) -> Found:
    return Found(main=main.path, path=main.opens, folder=main.folder, root=root, place=place)
