"""Gradescope's export: a folder a submission, and one file that says whose they are."""

from __future__ import annotations

import re

from pytest_deeprnn.instructor.gradebook.platforms.metadata import BadMetadata, Metadata
from pytest_deeprnn.instructor.gradebook.platforms.metadata import read as read_metadata
from pytest_deeprnn.instructor.gradebook.platforms.upload import Export, Handed, Listing, is_most

METADATA = "submission_metadata.yml"
_FOLDER = re.compile(r"submission_(?P<number>[0-9]+)")


def read(listed: Listing) -> Export | None:
    """Match folders with metadata; None where the file or most of the folders' names are missing.

    A submission that the file does not know is there without a student, and one that has no folder
    with a problem.
    """
    folders = [name for name in listed.folders if _FOLDER.fullmatch(name)]
    if METADATA not in listed.files or not is_most(len(folders) + 1, listed):
        return None
    found, notes = _metadata(listed)
    replaced = {name for one in found.values() for name in one.replaced}
    there = set(folders)
    names = [name for name in sorted(there | set(found)) if name not in replaced - set(found)]
    handed = [_handed(listed, name, found.get(name, Metadata()), there) for name in names]
    claimed = {*folders, METADATA}
    return Export(platform="gradescope", handed=handed, claimed=claimed, notes=notes)


def _metadata(listed: Listing) -> tuple[dict[str, Metadata], tuple[str, ...]]:
    """What the file says, up to where it cannot be read."""
    path, found = listed.root / METADATA, dict[str, Metadata]()
    try:
        for name, one in read_metadata(path):
            if _FOLDER.fullmatch(name):
                found[name] = one
    except BadMetadata as error:
        told = f"{path}: {error}; submissions that come after it are listed without their students"
        return found, (told,)
    return found, ()


def _handed(listed: Listing, name: str, one: Metadata, there: set[str]) -> Handed:
    earlier = [listed.root / old for old in one.replaced if old in there]
    return Handed(
        students=one.students,
        name=name,
        folder=listed.root / name if name in there else None,
        when=one.when,
        number=name.removeprefix("submission_"),
        earlier=tuple(earlier),
        problem="" if name in there else "the export has no folder for this submission",
    )
