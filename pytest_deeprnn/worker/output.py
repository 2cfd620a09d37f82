"""Keeps what the student's code prints, up to a limit."""

from __future__ import annotations

import io

from pytest_deeprnn.worker.bounds import MAX_NAME, MAX_OUTPUT

LIMIT = MAX_OUTPUT


def cut(text: str, limit: int) -> str:
    """The beginning of a text, as it can be sent."""
    return text if text.isascii() and len(text) <= limit else sendable(text[:limit])[:limit]


def name(text: str) -> str:
    """A name, cut where it is very long."""
    return cut(text, MAX_NAME)


def class_name(value: object) -> str:
    """The name of a value's class; a class of the student's may call itself anything."""
    return name(str(type(value).__name__))


def sendable(text: str) -> str:
    """Write lone surrogates as escapes: UTF-8, and so the wire, has no place for them."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


class Captured(io.TextIOBase):
    """A text stream that remembers the beginning of what was written since it was last taken."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._size = 0

    def writable(self) -> bool:
        """It can always be written to."""
        return True

    def write(self, text: str, /) -> int:
        """Keep the text while there is room, then drop it."""
        room = LIMIT - self._size
        if room > 0:
            self._parts.append(cut(str(text), room))
            self._size += len(self._parts[-1])
        return len(text)

    def take(self) -> str:
        """Hand over what was written and start anew."""
        text = "".join(self._parts)
        self._parts, self._size = [], 0
        return text
