"""Styled text as lines for pytest's terminal: wrapped, dead, and coloured where pytest colours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from typing import Self

import pytest
from rich.console import Console
from rich.text import Text

from pytest_deeprnn.core.sanitize import line
from pytest_deeprnn.reporting.terminal.wrapping import wrapped

_WIDTH = 80  # where nobody knows better, as pytest has it
_NARROWEST = 40
#: Of the lines after a row's first. Rows begin at even columns: none of these passes for one.
_FURTHER_IN = 3
_MORE = " …"


@dataclass(frozen=True)
class Row:
    """One thing to say, how far in it begins, and how many lines it may take; a path is `whole`."""

    text: Text
    indent: int = 0
    most: int | None = None
    whole: bool = False


class Screen:
    """How wide the terminal is, and whether it shows colours."""

    def __init__(self, width: int = _WIDTH, colour: bool = False) -> None:
        self._width = max(width, _NARROWEST)
        # All is said here that rich would else find out by itself: NO_COLOR, FORCE_COLOR, TERM,
        # COLUMNS and the notebook around it have been judged by pytest, and once is enough.
        self._console = Console(
            file=StringIO(),
            width=self._width,
            height=25,
            force_terminal=colour,
            force_interactive=False,
            force_jupyter=False,
            color_system="standard" if colour else None,
            no_color=not colour,
            legacy_windows=False,
        )

    @classmethod
    def of(cls, config: pytest.Config) -> Self:
        """The terminal that pytest writes to, as pytest judges it."""
        writer = config.get_terminal_writer()
        return cls(writer.fullwidth, writer.hasmarkup)

    @classmethod
    def of_stdout(cls) -> Self:
        """Where standard output goes, as rich judges it."""
        console = Console()
        return cls(console.width, console.is_terminal and not console.no_color)

    def lines(self, row: Row) -> Iterator[str]:
        """A row's lines without their ends."""
        for text in self._dead(row):
            with self._console.capture() as captured:
                self._console.print(text, soft_wrap=True, end="")
            yield captured.get()

    def _dead(self, row: Row) -> Iterator[Text]:
        """Wrapping may bring a runner's command to the start of a line: each is looked at again."""
        for number, piece in enumerate(self._pieces(row)):
            text = Text(" " * (row.indent + _FURTHER_IN * bool(number))).append_text(piece)
            shown = line(text.plain)
            yield text if shown == text.plain else Text(shown)

    def _pieces(self, row: Row) -> list[Text]:
        if row.whole:
            return [row.text]
        width = self._width - row.indent - _FURTHER_IN
        pieces = list(wrapped(row.text, width))
        if row.most is None or len(pieces) <= row.most:
            return pieces
        last = pieces[row.most - 1]
        last.truncate(width - len(_MORE))
        return [*pieces[: row.most - 1], last.append(_MORE)]
