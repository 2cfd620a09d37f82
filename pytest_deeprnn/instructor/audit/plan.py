"""What is generated for an audit: which faults, in which places and styles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from pytest_deeprnn.core.exercise import Exercise
from pytest_deeprnn.core.settings import Profile
from pytest_deeprnn.instructor.audit import (
    cell_faults,
    compose,
    file,
    rights,
    setup_faults,
    verify,
    wiring_faults,
)
from pytest_deeprnn.instructor.audit.errors import Inexpressible
from pytest_deeprnn.instructor.audit.mutant import Specimen
from pytest_deeprnn.instructor.audit.style import Style

#: Styles and places that a fault is tried in; a right variant has styles only.
_RIGHT: dict[Profile, int] = {"quick": 2, "standard": 99, "thorough": 99}
_STYLES: dict[Profile, int] = {"quick": 1, "standard": 3, "thorough": 99}
_PLACES: dict[Profile, int] = {"quick": 1, "standard": 2, "thorough": 99}


@dataclass(frozen=True)
class Task:
    """One submission to be graded."""

    number: int
    specimen: Specimen
    style: str
    text: str

    @property
    def filename(self) -> str:
        """A name that says what is in the file."""
        code = self.specimen.codes[0] if self.specimen.codes else "right"
        about = f"{self.specimen.text}_{self.specimen.where}".lower()
        words = re.sub(r"[^a-z0-9]+", "_", about).strip("_")[:50].strip("_")
        return f"{self.number:04}_{self.style}_{code}_{words}.py"


def tasks(exercise: Exercise, styles: tuple[Style, ...], profile: Profile) -> list[Task]:
    """All submissions, each a right one or verified to be none."""
    chosen = list(_chosen(exercise, styles, profile))
    return [Task(number, *one) for number, one in enumerate(chosen, start=1)]


def _chosen(
    exercise: Exercise, styles: tuple[Style, ...], profile: Profile
) -> Iterator[tuple[Specimen, str, str]]:
    for turn, group in enumerate(rights.rights(exercise)):
        most = _RIGHT[profile] if turn else len(styles)  # the plain one in every style
        yield from _written(exercise, group, _from(styles, turn), most, 1, 0)
    for turn, group in enumerate(_faults(exercise)):
        yield from _written(
            exercise, group, _from(styles, turn), _STYLES[profile], _PLACES[profile], turn
        )


def _from(styles: tuple[Style, ...], turn: int) -> tuple[Style, ...]:
    """The styles in turn, so that each gets its share of the faults."""
    first = turn % len(styles)
    return styles[first:] + styles[:first]


def _faults(exercise: Exercise) -> Iterator[list[Specimen]]:
    depth = exercise.network.max_layers
    yield from cell_faults.faults(exercise, depth)
    yield from wiring_faults.faults(exercise, depth)
    yield from setup_faults.faults()


def _written(
    exercise: Exercise,
    group: list[Specimen],
    styles: tuple[Style, ...],
    most_styles: int,
    most_places: int,
    turn: int,
) -> Iterator[tuple[Specimen, str, str]]:
    """One fault in as many styles and places as are wanted, as far as it can be written there."""
    styled = 0
    for number, style in enumerate(styles):
        start = (turn + number) % len(group)
        written = _places(exercise, style, [*group[start:], *group[:start]])
        found = list(islice(written, most_places))
        yield from found
        styled += bool(found)
        if styled == most_styles:
            return


def _places(
    exercise: Exercise, style: Style, specimens: list[Specimen]
) -> Iterator[tuple[Specimen, str, str]]:
    for specimen in specimens:
        text = _text(exercise, style, specimen)
        if text:
            yield specimen, style.name, text


def _text(exercise: Exercise, style: Style, specimen: Specimen) -> str:
    """The file's text; empty where it cannot be written so, or would be right."""
    try:
        network = compose.network(exercise, style, specimen)
        text = file.make(network, style)
        right = specimen.mended()
        whole = file.make(compose.network(exercise, style, right), style)
    except Inexpressible:
        return ""
    shows = specimen.is_right or specimen.setup != right.setup
    return text if shows or verify.differs(text, whole, network, style) else ""
