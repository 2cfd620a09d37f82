"""Wraps text by its width in cells: Chinese has two for a character, and no spaces to break at."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len, chop_cells
from rich.text import Text

_IDEOGRAPHS = "\u2e80-\u2fff\u3040-\u9fff\uf900-\ufaff"
_OPENING, _CLOSING = "（《", "，。：；！？、）》"  # never the last, never the first of a line
#: What is not broken: a Chinese character, or a run of others without a space.
_UNIT = re.compile(
    rf"[{_OPENING}]*(?:[{_IDEOGRAPHS}]|[^\s{_IDEOGRAPHS}{_OPENING}{_CLOSING}]+)[{_CLOSING}]*|\S"
)


def wrapped(text: Text, width: int) -> Iterator[Text]:
    """The lines of a text, each at most `width` cells wide and without spaces at its end."""
    for one in text.split(allow_blank=True):
        one.expand_tabs(8)
        for piece in one.divide(_breaks(one.plain, width)):
            piece.rstrip()
            yield piece


def _breaks(text: str, width: int) -> Iterator[int]:
    """Where a line has to begin; what is too long for any line is cut."""
    start = 0
    for unit in _UNIT.finditer(text):
        if cell_len(text[start : unit.end()]) <= width:
            continue
        if text[start : unit.start()].strip():
            yield (start := unit.start())
        while cell_len(text[start : unit.end()]) > width:
            start += len(chop_cells(text[start : unit.end()], width)[0])
            yield start
