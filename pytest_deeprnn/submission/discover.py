"""Which submissions a path holds: a file, a folder of them, or a zip."""

from __future__ import annotations

import atexit
import functools
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec

from pytest_deeprnn.submission.files import digest
from pytest_deeprnn.submission.folders import MAIN_STEMS as MAIN_STEMS
from pytest_deeprnn.submission.folders import SUFFIXES, Main, is_source_name, search
from pytest_deeprnn.submission.ids import Named, Placed, file_stem, fresh, named
from pytest_deeprnn.submission.read import MAX_NOTEBOOK
from pytest_deeprnn.submission.unpack import BadZip, Unpacked, unpack
from pytest_deeprnn.worker.output import sendable

_NO_UTF8 = "the name of this file, or of its folder, is not UTF-8: rename it"


class NoSubmission(Exception):
    """A path that is named as a submission but holds none; the text is one line for the user."""


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


class _Found(msgspec.Struct, frozen=True, kw_only=True):
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
    found: dict[Path, _Found] = {}
    targets = _unpack_folders([Path(path) for path in paths], workspace)
    for path in paths:
        for one in _in_path(Path(path), targets, alone=len(paths) == 1):
            found.setdefault(one.path, one)
    names = named([Placed(one.relative, one.place / one.relative) for one in found.values()])
    return [_submission(one, name) for one, name in zip(found.values(), names, strict=True)]


def _submission(found: _Found, name: Named) -> Submission:
    path = str(found.path)
    folder = None if found.folder is None else str(found.folder.resolve())
    readable = sendable(path) == path and (folder is None or sendable(folder) == folder)
    return Submission(
        id=name.id,
        name=name.name,
        path=sendable(path),
        folder=folder if readable else None,
        given=sendable(str(found.main)),
        problem=found.problem if readable else _NO_UTF8,
    )


def _in_path(path: Path, targets: dict[Path, Path], alone: bool) -> list[_Found]:
    try:
        path.stat()
    except (FileNotFoundError, ValueError):
        raise NoSubmission(f"submission {path}: there is no such file or folder") from None
    except OSError as error:
        raise NoSubmission(f"submission {path}: {error.strerror}") from None
    place = path.resolve()
    if path.is_dir():
        return _in_folder(path, path, place)
    if place in targets:
        return _in_zip(path, place, targets[place], alone)
    if path.suffix.lower() not in SUFFIXES:
        raise NoSubmission(f"submission {path}: expected a .py, .ipynb or .zip file, or a folder")
    folder = path.parent
    return [_Found(main=path, path=place, folder=folder, root=folder, place=place.parent)]


def _unpack_folders(paths: list[Path], workspace: Path | None) -> dict[Path, Path]:
    """A folder of its own for each zip, also where two have one name."""
    named_zip = [path for path in paths if path.suffix.lower() == ".zip"]
    zips = sorted({path.resolve() for path in named_zip if os.path.isfile(path)})  # noqa: PTH113  # is_file may raise
    if not zips:
        return {}
    parent = Path(_temporary()) if workspace is None else workspace
    parent.mkdir(parents=True, exist_ok=True)
    base = Path(tempfile.mkdtemp(dir=parent))
    taken: set[str] = set()
    return {archive: base / fresh(file_stem(archive.stem), taken) for archive in zips}


@functools.cache
def _temporary() -> str:
    """One folder for all zips of this process, which goes with it."""
    folder = tempfile.TemporaryDirectory(prefix="deeprnn-", ignore_cleanup_errors=True)
    atexit.register(folder.cleanup)
    return folder.name


def _in_folder(folder: Path, shown: Path, place: Path) -> list[_Found]:
    """All submissions of a folder, which the user knows as `shown`."""
    try:
        mains = list(search(folder))
    except OSError as error:
        raise NoSubmission(f"submission {shown}: {error.strerror}") from None
    if not mains:
        raise NoSubmission(f"submission {shown}: the folder holds no .py or .ipynb file")
    return [_found(main, folder, place) for main in mains]


def _in_zip(path: Path, place: Path, target: Path, alone: bool) -> list[_Found]:
    """All submissions of a zip, with those that could not be unpacked: they cannot be read."""
    try:
        return _unpacked(path, place, unpack(path, target))
    except (BadZip, NoSubmission) as error:
        problem = str(error).removeprefix(f"submission {path}: ")
        if alone:
            raise NoSubmission(f"submission {path}: {problem}") from None
        root = path.parent
        return [_Found(main=path, path=place, folder=None, root=root, place=root, problem=problem)]


def _unpacked(path: Path, place: Path, unpacked: Unpacked) -> list[_Found]:
    root, below = unpacked.root, place.with_suffix("")
    lost = list(_lost(unpacked))
    try:
        found = _in_folder(root, path, below)
    except NoSubmission:
        if not lost:
            raise
        found = []
    students = {one.main.relative_to(root).parts[0] for one in found}
    for main in lost:
        student = main.path.relative_to(root).parts[0]
        if student not in students:
            students.add(student)
            found.append(_found(main, root, below))
    return sorted(found, key=lambda one: one.main)


def _lost(unpacked: Unpacked) -> Iterator[Main]:
    for path in unpacked.refused:
        relative = path.relative_to(unpacked.root)
        if is_source_name(relative):
            yield Main(path, path, None if len(relative.parts) == 1 else path.parent)


def _found(main: Main, root: Path, place: Path) -> _Found:
    return _Found(main=main.path, path=main.opens, folder=main.folder, root=root, place=place)
