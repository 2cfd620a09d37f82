"""What a grade depends on: where nothing of it has changed, nothing is graded again."""

from __future__ import annotations

import functools
import hashlib
import itertools
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, entry_points, version
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

import msgspec

from pytest_deeprnn.core.exercise import Exercise
from pytest_deeprnn.core.hook_files import GROUP
from pytest_deeprnn.core.settings import Settings
from pytest_deeprnn.submission.discover import Submission
from pytest_deeprnn.submission.files import digest
from pytest_deeprnn.submission.source import MAX_BYTES

_NUMBERS = ("torch", "hypothesis", "numpy")  # a grade may depend on their versions
_MOST_MODULES = 400  # beside a main file; more are refused when it is read


class Basis(msgspec.Struct, frozen=True, kw_only=True):
    """Digests of all that a grade depends on, each for itself, so that a change can be named."""

    submission: str
    exercise: str
    program: str
    settings: str

    @property
    def key(self) -> str:
        """One digest of all of them."""
        return _digest(msgspec.json.encode(self))

    def changed(self, old: Basis) -> tuple[str, ...]:
        """What differs from an older one."""
        return tuple(
            name for name in self.__struct_fields__ if getattr(self, name) != getattr(old, name)
        )


class Ground:
    """What all grades of a run depend on; `basis` adds a submission."""

    def __init__(self, exercise: Exercise, settings: Settings) -> None:
        self._exercise = _digest(msgspec.json.encode(exercise))
        self._program = program()
        self._settings = _digest(msgspec.json.encode(settings))

    def basis(self, submission: Submission) -> Basis:
        """Look at a submission's files, which are not run for it."""
        return Basis(
            submission=_digest("\n".join(_told(submission)).encode()),
            exercise=self._exercise,
            program=self._program,
            settings=self._settings,
        )


def _told(submission: Submission) -> Iterator[str]:
    """The main file's name, which reports quote, and the digests of all that may be imported."""
    yield submission.problem or Path(submission.path).name
    yield submission.sha256()
    if submission.folder is not None:
        folder = Path(submission.folder)
        for module in modules_beside(folder):
            yield f"{module.relative_to(folder)} {digest(module, MAX_BYTES)}"


def modules_beside(folder: Path) -> Iterator[Path]:
    """The modules and packages beside a main file."""
    return itertools.islice(_modules(folder), _MOST_MODULES)


def _modules(folder: Path) -> Iterator[Path]:
    try:
        beside = sorted(folder.iterdir())
    except OSError:
        return
    for path in beside:
        if path.suffix == ".py":
            yield path
        elif (path / "__init__.py").is_file():
            yield from sorted(path.rglob("*.py"))


@functools.cache
def program() -> str:
    """This program's own text, since an editable install changes without a new version."""
    package = Path(str(files("pytest_deeprnn")))
    found = hashlib.sha256()
    for module in sorted((*package.rglob("*.py"), *_reference())):
        found.update(module.read_bytes())
    versions = " ".join((*(f"{name} {_version(name)}" for name in _NUMBERS), *_adding()))
    return _digest(found.digest() + versions.encode())


def _adding() -> Iterator[str]:
    """The installed packages that add checks and mutations."""
    for one in entry_points(group=GROUP):
        yield f"{one.name} {one.value} {one.dist.version if one.dist else ''}"


def _reference() -> list[Path]:
    """Its folder may lie elsewhere; it is not imported, since that takes torch."""
    found = find_spec("pytest_deeprnn.reference")
    places = [] if found is None else found.submodule_search_locations or []
    return [path for place in places for path in Path(place).rglob("*.py")]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
