"""Opens what was named on a command line: a file, a folder, or a zip that is unpacked."""

from __future__ import annotations

import atexit
import functools
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec

from pytest_deeprnn.submission.archives import BadZip, Limits, unpack
from pytest_deeprnn.submission.forms import has_source_name
from pytest_deeprnn.submission.ids import file_stem, fresh


class NoSubmission(Exception):
    """A path that is named as a submission but holds none; the text is one line for the user."""


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """A path as it was named, with the place it was found at.

    `root` is the folder to be searched, None for a file and for a zip that cannot be opened, which
    has a `problem` then. Of a zip `top` is the folder that all of it was unpacked into, and
    `refused` are the files that were not.
    """

    path: Path
    place: Path
    root: Path | None = None
    top: Path | None = None
    refused: tuple[Path, ...] = ()
    problem: str = ""

    @property
    def is_zip(self) -> bool:
        """Whether files of it were unpacked."""
        return self.top is not None


def given(
    paths: list[str], workspace: Path | None, limits: Limits | None = None
) -> Iterator[Given]:
    """Open the paths in order.

    A zip is unpacked into `workspace`, by default a folder that is removed when the process ends.
    Raises NoSubmission where a path is missing or of another kind, and for a zip that cannot be
    unpacked where it is the only path.
    """
    targets = _targets([Path(path) for path in paths], workspace)
    for path in map(Path, paths):
        yield _given(path, targets, limits, alone=len(paths) == 1)


def _given(path: Path, targets: dict[Path, Path], limits: Limits | None, alone: bool) -> Given:
    try:
        path.stat()
    except (FileNotFoundError, ValueError):
        raise NoSubmission(f"submission {path}: there is no such file or folder") from None
    except OSError as error:
        raise NoSubmission(f"submission {path}: {error.strerror}") from None
    place = path.resolve()
    if path.is_dir():
        return Given(path=path, place=place, root=path)
    if place in targets:
        return _unpacked(path, targets[place], limits, alone)
    if not has_source_name(path.name):
        raise NoSubmission(f"submission {path}: expected a .py, .ipynb or .zip file, or a folder")
    return Given(path=path, place=place)


def _unpacked(path: Path, target: Path, limits: Limits | None, alone: bool) -> Given:
    try:
        unpacked = unpack(path, target, limits)
    except BadZip as error:
        if alone:
            raise NoSubmission(f"submission {path}: {error}") from None
        return Given(path=path, place=path.resolve(), problem=str(error))
    return Given(
        path=path,
        place=path.resolve(),
        root=unpacked.root,
        top=target,
        refused=unpacked.refused,
    )


def _targets(paths: list[Path], workspace: Path | None) -> dict[Path, Path]:
    """A folder of its own for each zip, also where two have one name."""
    named_zip = [path for path in paths if path.suffix.lower() == ".zip"]
    zips = sorted({path.resolve() for path in named_zip if os.path.isfile(path)})  # noqa: PTH113  # is_file may raise
    if not zips:
        return {}
    base = new_folder(workspace)
    taken: set[str] = set()
    return {archive: base / fresh(file_stem(archive.stem), taken) for archive in zips}


def new_folder(workspace: Path | None) -> Path:
    """Make an empty folder in the workspace, by default in one that goes with this process."""
    parent = Path(_temporary()) if workspace is None else workspace
    parent.mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(dir=parent))


@functools.cache
def _temporary() -> str:
    """One folder for all zips of this process, which goes with it."""
    folder = tempfile.TemporaryDirectory(prefix="deeprnn-", ignore_cleanup_errors=True)
    atexit.register(folder.cleanup)
    return folder.name
