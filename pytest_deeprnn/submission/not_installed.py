"""Modules that an exercise allows and this machine lacks: no learner is to blame for them."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from pytest_deeprnn.core.exercise import IMPORTS, Exercise
from pytest_deeprnn.submission.discover import Submission
from pytest_deeprnn.submission.errors import Unreadable
from pytest_deeprnn.submission.files import beginning
from pytest_deeprnn.submission.local_modules import STOOD_IN

_MISSING = re.compile(r"No module named '(\w+)")
_MOST_BYTES = 10_000_000  # of a file in which names are looked for


class NotInstalled(Exception):
    """A submission needs what its exercise allows and this machine lacks: it cannot be graded."""


def absent(imports: Iterable[str]) -> tuple[str, ...]:
    """List the modules of these that are not installed, and that nothing stands for."""
    return tuple(name for name in imports if name not in STOOD_IN and not _is_installed(name))


def announcement(exercise: Exercise | None, submissions: Iterable[Submission]) -> str:
    """Say before grading which modules are missing, "" where none is.

    What an exercise.toml allows is always told; what every exercise allows only where a
    submission names it.
    """
    imports = IMPORTS if exercise is None else exercise.imports
    missing = absent(imports)
    if imports == IMPORTS:
        missing = _named(missing, submissions)
    if not missing:
        return ""
    subject = "this exercise" if exercise is None else f"exercise {exercise.name}"
    are, them = ("is", "it") if len(missing) == 1 else ("are", "one of them")
    return (
        f"{subject} allows {' and '.join(map(repr, missing))}, which {are} not installed here: "
        f"a submission that needs {them} cannot be graded"
    )


def needed_absent(kind: str, message: str, exercise: Exercise) -> str:
    """Say which such module an exception of a submission asks for, "" where it asks for none."""
    found = _MISSING.search(message) if kind == ModuleNotFoundError.__name__ else None
    if found is None or found[1] not in exercise.imports or not absent([found[1]]):
        return ""
    return (
        f"The submission needs {found[1]!r}, which exercise {exercise.name} allows and which is "
        "not installed where it is graded: install it there and grade again."
    )


def what_is_allowed(kind: str, message: str, exercise: Exercise) -> str:
    """Say which modules may be imported, where an exception says that another is missing."""
    found = _MISSING.search(message) if kind == ModuleNotFoundError.__name__ else None
    if found is None or found[1] in exercise.imports:
        return ""
    lacking = absent(exercise.imports)
    allowed = ", ".join(("torch", *(name for name in exercise.imports if name not in lacking)))
    return f"; there is {allowed}, Python's own library, and what is handed in beside the file"


def _is_installed(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):
        return False


def _named(modules: tuple[str, ...], submissions: Iterable[Submission]) -> tuple[str, ...]:
    """Those whose names stand in a file of the submissions."""
    waiting = set(modules)
    for text in (text for one in submissions for text in _texts(one)):
        if not waiting:
            break
        waiting -= {name for name in waiting if name.encode() in text}
    return tuple(name for name in modules if name not in waiting)


def _texts(submission: Submission) -> Iterator[bytes]:
    """The main file, and the modules beside it that it names."""
    main = Path(submission.path)
    text = _bytes(main)
    yield text
    beside = () if submission.folder is None else sorted(Path(submission.folder).glob("*.py"))
    yield from (_bytes(path) for path in beside if path != main and path.stem.encode() in text)


def _bytes(path: Path) -> bytes:
    try:
        return beginning(path, _MOST_BYTES)
    except Unreadable:
        return b""
