"""All texts of a submission, as a page that quotes them needs them."""

from __future__ import annotations

from pathlib import Path

from pytest_deeprnn.submission.discover import Submission
from pytest_deeprnn.submission.local_modules import helpers
from pytest_deeprnn.submission.source import Unreadable, read


def texts(submission: Submission) -> dict[str, str]:
    """The texts of the main file and of the modules that it imports, by their pieces' names.

    What cannot be read is left out.
    """
    path = Path(submission.path)
    folder = None if submission.folder is None else Path(submission.folder)
    try:
        source = read(path)
    except Unreadable:
        return {}
    found = {piece.filename: piece.text for piece in source.pieces}
    try:
        beside = helpers(folder, path, source)
    except (Unreadable, OSError):
        return found
    return found | {one.helper.filename: one.helper.text for one in beside if one.error is None}
