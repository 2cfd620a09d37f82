"""Keeps what the student's code prints, up to a limit."""

from __future__ import annotations

import io

LIMIT = 4000


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
            self._parts.append(sendable(str(text)[:room]))
            self._size += len(self._parts[-1])
        return len(text)

    def take(self) -> str:
        """Hand over what was written and start anew."""
        text = "".join(self._parts)
        self._parts, self._size = [], 0
        return text
