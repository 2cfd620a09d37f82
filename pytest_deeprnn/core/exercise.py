"""What is asked: an exercise folder, read and checked."""

from __future__ import annotations

import math
import re
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Literal, get_args

import msgspec

from pytest_deeprnn.core import hook_files
from pytest_deeprnn.core.report import Feedback

FILE = "exercise.toml"
_BESIDE = ("statement.en.md", "statement.zh.md", "starter.py")

#: What learners' files use beside torch where an exercise says nothing of it.
IMPORTS = ("numpy", "einops")

CheckId = Literal[
    "loads",
    "contract",
    "from-scratch",
    "parameters",
    "initialisation",
    "initial-state",
    "output-shape",
    "output-values",
    "new-state",
    "every-layer-used",
    "own-state",
    "carries-state",
    "causal",
    "batch-independent",
    "pure",
    "gradients",
    "devices",
]
_CHECKS: tuple[str, ...] = get_args(CheckId)
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
Cell = Literal["rnn", "gru", "lstm"]
_Size = Annotated[int, msgspec.Meta(ge=1, le=99)]
Range = tuple[_Size, _Size]


class ExerciseError(Exception):
    """An exercise that cannot be used: one line with file, key and what was expected."""


class _Table(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of the tables: a key that is not known is refused."""


class Title(_Table, frozen=True):
    """The exercise's name for people."""

    en: str
    zh: str


class Architecture(_Table, frozen=True):
    """The layers asked for, from the bottom; the last cell repeats up to the depth.

    With `own_widths` num_hiddens is a list, one width a layer.
    """

    cells: Annotated[tuple[Cell, ...], msgspec.Meta(min_length=1)]
    min_layers: _Size
    max_layers: _Size
    own_widths: bool = False


class SizeRanges(_Table, frozen=True):
    """What cases are drawn from, both ends included."""

    vocab_size: Range
    num_hiddens: Range
    batch_size: Range
    num_steps: Range


class Accepted(_Table, frozen=True):
    """The conventions that count as right."""

    reset: Annotated[tuple[Literal["before", "after"], ...], msgspec.Meta(min_length=1)]
    outputs: Annotated[tuple[Literal["rows", "steps", "list"], ...], msgspec.Meta(min_length=1)]


class Initial(_Table, frozen=True):
    """The scale, a root mean square, that weights may start at."""

    scale: tuple[float, float] = (1e-4, 0.9)


class Exercise(_Table, frozen=True):
    """One exercise; `name` is its folder's, `feedback` how much its reports tell.

    `imports` are modules that submissions may use beside torch and Python's own library, `hooks`
    is the text of the folder's hooks.py, which may add checks and mutations.
    """

    title: Title
    network: Architecture
    sizes: SizeRanges
    accept: Accepted
    points: dict[str, float]
    initial: Initial = Initial()
    imports: tuple[str, ...] = IMPORTS
    feedback: Feedback = "explain"
    name: str = ""
    hooks: str = ""

    def cells(self, depth: int) -> list[Cell]:
        """The cell of each layer of a network of this depth."""
        given = self.network.cells
        return [given[min(layer, len(given) - 1)] for layer in range(depth)]

    @property
    def depths(self) -> tuple[int, int]:
        """The depths that are asked for where the submission takes a number of layers."""
        if self.network.min_layers == self.network.max_layers:
            return self.network.min_layers, self.network.max_layers
        return len(self.network.cells), self.network.max_layers


def packaged() -> list[str]:
    """The names of the exercises that come with the package."""
    root = files("pytest_deeprnn.exercises")
    return sorted(entry.name for entry in root.iterdir() if entry.joinpath(FILE).is_file())


def load(name: str) -> Exercise:
    """Read an exercise by its name, or by its folder's path.

    Raises ExerciseError where it is not there or not as it should be.
    """
    return _read(folder_of(name))


def folder_of(name: str) -> Path:
    """The folder of an exercise, by its name or path; ExerciseError where there is none."""
    if name in packaged():
        return Path(str(files("pytest_deeprnn.exercises").joinpath(name)))
    folder = Path(name)
    if not folder.is_dir():
        known = ", ".join(packaged())
        raise ExerciseError(f"exercise {name!r}: no such exercise or folder; there are {known}")
    return folder


def _read(folder: Path) -> Exercise:
    place = folder / FILE
    for needed in (FILE, *_BESIDE):
        if not (folder / needed).is_file():
            raise ExerciseError(f"{folder / needed}: expected this file in an exercise folder")
    try:
        text = place.read_text(encoding="utf-8")
        exercise = msgspec.toml.decode(text, type=Exercise)
    except (msgspec.DecodeError, UnicodeDecodeError, OSError) as error:
        raise ExerciseError(f"{place}: {error}") from None
    for key in ("name", "hooks"):
        if getattr(exercise, key):
            raise ExerciseError(f"{place}: key {key}: it is taken from the folder, not from here")
    whole = msgspec.structs.replace(
        exercise, name=folder.resolve().name, hooks=_hooks(folder / hook_files.FILE)
    )
    _check(place, whole)
    return whole


def _hooks(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8") if path.exists() else ""
    except (UnicodeDecodeError, OSError) as error:
        raise ExerciseError(f"{path}: {error}") from None


def _may_be_added(exercise: Exercise) -> bool:
    """Whether there are hooks that may give further checks; which ones they give shows later."""
    return bool(exercise.hooks) or hook_files.are_installed()


def _check(place: Path, exercise: Exercise) -> None:
    """What types alone cannot say."""
    ranges = msgspec.structs.asdict(exercise.sizes)
    for key, (low, high) in ranges.items():
        if low > high:
            raise ExerciseError(
                f"{place}: key sizes.{key}: expected [low, high], got {low}, {high}"
            )
    network = exercise.network
    if network.min_layers > network.max_layers:
        raise ExerciseError(f"{place}: key network.min_layers: expected at most max_layers")
    if len(network.cells) > network.max_layers:
        raise ExerciseError(f"{place}: key network.cells: expected at most max_layers cells")
    if not exercise.points:
        raise ExerciseError(f"{place}: key points: expected at least one check")
    for check, points in exercise.points.items():
        if check not in _CHECKS and not (_ID.fullmatch(check) and _may_be_added(exercise)):
            known = ", ".join(_CHECKS)
            raise ExerciseError(f"{place}: key points.{check}: no such check; there are {known}")
        if not 0 <= points < math.inf:
            raise ExerciseError(
                f"{place}: key points.{check}: expected a finite number >= 0, got {points}"
            )
