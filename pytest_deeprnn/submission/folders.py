"""Which files of a folder are submissions, and which one a student's own folder is about."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from pathlib import Path

import msgspec

from pytest_deeprnn.submission.errors import Unreadable
from pytest_deeprnn.submission.files import beginning
from pytest_deeprnn.submission.forms import has_source_name, stem

MAIN_STEMS = ("student", "submission", "solution", "main", "answer", "homework")
_PACKAGE = "__init__.py"
_NOT_SUBMISSIONS = {"conftest.py", _PACKAGE, "setup.py"}
_LOOKED_AT = 200_000  # bytes of a file that may be the main one
_MAX_SOURCES = 200  # files that may be the main one
_MAX_ENTRIES = 10_000  # files and folders of one student
_MAX_DEPTH = 20


class Main(msgspec.Struct, frozen=True):
    """A main file; `folder` is None for a file that stands in the class's folder by itself.

    A file that cannot be read is there as well, so that its student gets a report that says so.
    It is opened at `opens`, where a link stays a link unless it may be followed.
    """

    path: Path
    opens: Path
    folder: Path | None


def search(folder: Path, leaving: Collection[str] = ()) -> Iterator[Main]:
    """Find the submissions of a folder, but for some names; OSError where it cannot be listed.

    Files are submissions of their own; a folder inside is one submission. Links are not followed,
    save inside of one student's folder.
    """
    for entry in _listed(folder, None):
        if entry.name in leaving:
            continue
        if entry.is_dir(follow_symlinks=False):
            if is_students(entry.name):
                yield from of_student(Path(entry.path))
        elif _is_source_name(entry.name) or _leads_away(entry, folder):
            path = Path(entry.path)
            yield Main(path, _unfollowed(path), None)


def is_source_name(path: Path) -> bool:
    """Whether a file of this name may be a submission, and no folder above is hidden."""
    return _is_source_name(path.name) and all(map(is_students, path.parent.parts))


def of_student(folder: Path) -> Iterator[Main]:
    """Find the main file of one student's folder, where there is any."""
    budget = iter(range(_MAX_ENTRIES))
    try:
        main = _main_file(folder, folder, budget, 1)
    except OSError:
        main = folder
    if main is None and next(budget, None) is None:
        main = folder
    if main is not None:
        opens = _followed(main) if _is_within(main, folder) else _unfollowed(main)
        yield Main(main, opens, None if main == folder else main.parent)


def _main_file(folder: Path, own: Path, budget: Iterator[int], depth: int) -> Path | None:
    """The file that a student's folder is about: by its usual name, else the one with a forward.

    Raises OSError where that cannot be found out.
    """
    if depth > _MAX_DEPTH:
        raise OSError("too many folders in one another")
    entries = _listed(folder, budget)
    named = [entry for entry in entries if _is_source_name(entry.name)]
    named = [entry for entry in named if not entry.is_dir(follow_symlinks=False)]
    sources = [Path(entry.path) for entry in named if _is_own_file(entry, own)]
    package = Path(folder) / _PACKAGE
    if len(sources) > 1 and not _usual(sources) and _gives_on(package, entries, own):
        return package
    if named:
        return _likeliest(sources or [Path(entry.path) for entry in named])
    for entry in entries:
        if entry.is_dir(follow_symlinks=False) and is_students(entry.name):
            main = _main_file(Path(entry.path), own, budget, depth + 1)
            if main is not None:
                return main
    return None


def _likeliest(sources: list[Path]) -> Path:
    return _usual(sources) or max(sources[:_MAX_SOURCES], key=_looks_like_contract)


def _usual(sources: list[Path]) -> Path | None:
    """The file that is named as main files are."""
    for usual in MAIN_STEMS:
        for source in sources:
            if stem(source.name) == usual:
                return source
    return None


def _gives_on(package: Path, entries: list[os.DirEntry[str]], own: Path) -> bool:
    """Find out whether a folder is a package whose __init__.py imports from its other files."""
    if not any(entry.name == _PACKAGE and _is_own_file(entry, own) for entry in entries):
        return False
    try:
        text = beginning(package, _LOOKED_AT)
    except Unreadable:
        return False
    return re.search(rb"^\s*from\s*\.", text, re.MULTILINE) is not None


def _listed(folder: Path, budget: Iterator[int] | None) -> list[os.DirEntry[str]]:
    """What a folder holds by name, or as much of it as may still be looked at."""
    with os.scandir(folder) as entries:
        listed = (
            list(entries)
            if budget is None
            else [entry for _, entry in zip(budget, entries, strict=False)]
        )
    return sorted(listed, key=lambda entry: entry.name)


def is_students(name: str) -> bool:
    """Whether a student gave this name: not .ipynb_checkpoints, __pycache__ and the like."""
    return not name.startswith((".", "__"))


def _is_source_name(name: str) -> bool:
    is_source = has_source_name(name) and not name.startswith(".")
    return is_source and name not in _NOT_SUBMISSIONS


def _is_own_file(entry: os.DirEntry[str], own: Path) -> bool:
    """Whether it is a regular file, or a link to one in the student's own folder."""
    if not entry.is_symlink():
        return entry.is_file(follow_symlinks=False)
    is_file = os.path.isfile(entry.path)  # noqa: PTH113  # Path.is_file may raise
    return is_file and _is_within(Path(entry.path), own)


def _is_within(path: Path, folder: Path) -> bool:
    return _followed(path).is_relative_to(_followed(folder))


def _followed(path: Path) -> Path:
    return Path(os.path.realpath(path))  # unlike Path.resolve, it stands a loop of links


def _unfollowed(path: Path) -> Path:
    return _followed(path.parent) / path.name


def _leads_away(entry: os.DirEntry[str], folder: Path) -> bool:
    """Whether it is a link to a folder elsewhere, in which a student's files may be meant."""
    if not entry.is_symlink() or not is_students(entry.name):
        return False
    is_folder = os.path.isdir(entry.path)  # noqa: PTH112  # Path.is_dir may raise
    return is_folder and not _is_within(Path(entry.path), folder)


def _looks_like_contract(path: Path) -> int:
    try:
        text = beginning(path, _LOOKED_AT).lower()
    except Unreadable:
        return 0
    return sum(word in text for word in (b"param", b"state", b"def ", b"forward"))
