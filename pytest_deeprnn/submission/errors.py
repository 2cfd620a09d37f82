"""What is raised, in one line, where a submission cannot be read."""

from __future__ import annotations

_LONGEST = 300


class Unreadable(Exception):
    """A file or cell that cannot be read as Python; `line` and `cell` count from 1.

    `newer` says that a newer Python than the grader's could read it.
    """

    def __init__(
        self,
        message: str,
        line: int | None = None,
        cell: int | None = None,
        newer: bool = False,
    ) -> None:
        self.message = one_line(message)
        super().__init__(self.message)
        self.line = line
        self.cell = cell
        self.newer = newer

    def within(self, cell: int | None) -> Unreadable:
        """The same of a text that is a notebook's cell."""
        return Unreadable(self.message, self.line, cell, self.newer)


def one_line(text: str) -> str:
    """A text that may quote a hostile one, as a single line of a bearable length."""
    shown = "".join(letter if letter.isprintable() else " " for letter in text[: 2 * _LONGEST])
    line = " ".join(shown.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
