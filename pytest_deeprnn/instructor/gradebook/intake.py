"""Finds out what an instructor handed over, and lists what there is to grade."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

from pytest_deeprnn.instructor.gradebook.attempts import Attempt, last
from pytest_deeprnn.instructor.gradebook.entry import Entry
from pytest_deeprnn.instructor.gradebook.platforms import canvas, gradescope, moodle
from pytest_deeprnn.instructor.gradebook.platforms.upload import Export, Listing, listing
from pytest_deeprnn.instructor.gradebook.students import entry_of
from pytest_deeprnn.submission.archives import OF_CLASS
from pytest_deeprnn.submission.discover import Found, find, find_others, submissions
from pytest_deeprnn.submission.ids import fresh
from pytest_deeprnn.submission.paths import Given, given, new_folder

#: Gradescope's is known by a file; the others by names only.
_READERS: tuple[Callable[[Listing], Export | None], ...] = (
    gradescope.read,
    canvas.read,
    moodle.read,
)
_WRAPPED = 3  # folders in one another around an export


class Intake(msgspec.Struct, frozen=True):
    """What there is to grade, and lines for the instructor about what was not understood."""

    entries: list[Entry]
    notes: tuple[str, ...] = ()


def entries(paths: list[str], workspace: Path) -> list[Entry]:
    """List the submissions of files, folders and zips, exports of platforms among them.

    Raises NoSubmission where a path is missing, of another kind, or empty.
    """
    return take_in(paths, workspace).entries


def take_in(paths: list[str], workspace: Path) -> Intake:
    """List the submissions as `entries` does, with notes.

    They come in the order of the paths, and in that of the names in each, those last that no
    platform knows of. A student's last attempt counts, also where it is in another export than the
    first.
    """
    plain: dict[Path, Found] = {}
    attempts: list[Attempt] = []
    order: list[Path | Attempt] = []
    notes: list[str] = []
    once = _once(paths)
    for one in given(once, workspace, OF_CLASS):
        export, new, found = _open(one, alone=len(once) == 1)
        notes += export.notes if export else ()
        attempts += new
        order += new
        order += [main.path for main in found if main.path not in plain]
        for main in found:
            plain.setdefault(main.path, main)
    return Intake(_entries(plain, attempts, order, workspace, notes), tuple(notes))


def _entries(
    plain: dict[Path, Found],
    attempts: list[Attempt],
    order: Iterable[Path | Attempt],
    workspace: Path,
    notes: list[str],
) -> list[Entry]:
    """Name all, plain ones by their files' names also where a student is called so."""
    named = dict(zip(plain, submissions(list(plain.values())), strict=True))
    taken: set[str] = set()
    for one in named.values():
        fresh(one.id, taken)
    counting = {id(one.attempt): one for one in last(attempts)}
    base = new_folder(workspace) if counting else workspace
    listed = []
    for item in order:
        if isinstance(item, Path):
            listed.append(Entry(submission=named[item]))
        elif id(item) in counting:
            listed.append(entry_of(counting[id(item)], base, taken, notes))
    return listed


def _once(paths: list[str]) -> list[str]:
    """The paths without those that are named again: an export counts once."""
    once: dict[str, str] = {}
    for path in paths:
        once.setdefault(_real(path), path)
    return list(once.values())


def _real(path: str) -> str:
    try:
        return os.path.realpath(path)
    except ValueError:  # no file system takes such a name
        return path


def _open(one: Given, alone: bool) -> tuple[Export | None, list[Attempt], list[Found]]:
    """The attempts of a platform's students, and what else there is to grade."""
    top = one.top or one.root
    root, export = (top, None) if top is None else _recognise(top, one.refused)
    if export is None or root is None or top is None:
        return None, [], find(one, alone)
    refused = _by_name(one.refused, root)
    attempts = [
        Attempt(
            handed=handed,
            platform=export.platform,
            root=root,
            shown=one.path / root.relative_to(top),
            refused=tuple(refused.get(handed.name, ())),
        )
        for handed in sorted(export.handed, key=lambda handed: handed.name)
    ]
    return export, attempts, find_others(one, root, export.claimed)


def _recognise(top: Path, refused: tuple[Path, ...]) -> tuple[Path, Export | None]:
    """Look whether a folder is a platform's export, or the only thing in it is one."""
    root = top
    for _ in range(_WRAPPED):
        try:
            listed = listing(root, refused)
        except OSError:
            break
        export = next(filter(None, (read(listed) for read in _READERS)), None)
        if export is not None:
            return root, export
        if listed.files or len(listed.folders) != 1:
            break
        root = root / listed.folders[0]
    return top, None


def _by_name(refused: tuple[Path, ...], root: Path) -> dict[str, list[Path]]:
    found: dict[str, list[Path]] = defaultdict(list)
    for path in refused:
        if path.is_relative_to(root):
            found[path.relative_to(root).parts[0]].append(path)
    return found
