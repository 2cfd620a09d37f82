"""Which exercise the names and the text of a file speak of."""

from __future__ import annotations

import re
from pathlib import Path

from pytest_deeprnn.measurement.alignment.cells import GATES, Cell
from pytest_deeprnn.measurement.calls import depths
from pytest_deeprnn.submission.errors import Unreadable
from pytest_deeprnn.submission.files import beginning
from pytest_deeprnn.submission.prepare import Prepared
from pytest_deeprnn.submission.synonyms import CELLS, cells_in

FALLBACK = "deep-rnn"
_CHARACTERS = 100_000  # of a file that could not be read


def by_names(prepared: Prepared) -> tuple[str, str]:
    """The exercise that the functions are named for, or the file speaks of, and how it is known."""
    names = _names(prepared)
    named = [cells_in(name) for name in names if cells_in(name)]
    cells = frozenset[str]().union(*named) if named else frozenset[str]()
    if {"gru", "rnn"} <= cells and any({"gru", "rnn"} <= found for found in named):
        return "gru-rnn", reason(prepared)
    cell: str | None = next((cell for cell in ("lstm", "gru", "rnn") if cell in cells), None)
    cell = cell or spoken(prepared)
    if cell is None:
        return FALLBACK, reason(prepared)
    deep = depths.takes_layers(prepared.contract) or any("deep" in name.lower() for name in names)
    return f"deep-{cell}" if deep else cell, reason(prepared)


def by_text(path: Path) -> tuple[str, str]:
    """The exercise that a file which could not be read speaks of, and how it is known."""
    why = "the file could not be read"
    try:
        text = beginning(path, _CHARACTERS).decode("utf-8", "replace").lower()
    except Unreadable:
        return FALLBACK, why
    cell = _most(text)
    if cell is None:
        return FALLBACK, why
    deep = "num_layers" in text or "deep" in text
    return f"deep-{cell}" if deep else cell, f"{why}, but speaks of {cell.upper()} most often"


def only_name(prepared: Prepared) -> Cell | None:
    """The one cell that all names which speak of a cell speak of."""
    cells = frozenset[str]().union(*(cells_in(name) for name in _names(prepared)))
    return next((cell for cell in GATES if cells == {cell}), None)


def reason(prepared: Prepared) -> str:
    """Which names say it, or that the text does."""
    names = _names(prepared)
    if any(map(cells_in, names)):
        return f"the functions are named {', '.join(names)}"
    cell = spoken(prepared)
    if cell is None:
        return "nothing in the file names a cell"
    return f"the file speaks of {cell.upper()} most often"


def spoken(prepared: Prepared) -> str | None:
    """The cell that the file speaks of most."""
    return _most(" ".join(piece.text for piece in prepared.pieces).lower())


def _most(text: str) -> str | None:
    counts = {cell: len(re.findall(rf"(?<![a-z]){cell}(?![a-z])", text)) for cell in CELLS}
    most = max(counts, key=lambda cell: counts[cell])
    return most if counts[most] else None


def _names(prepared: Prepared) -> list[str]:
    return [binding.function.name for _, binding in prepared.contract.bindings()]
