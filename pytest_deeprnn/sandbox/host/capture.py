"""Keep what student code prints, and give it to the reply of the request that made it print."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from pytest_deeprnn.sandbox.protocol.text import LIMIT, cut


class _Bytes(io.BufferedIOBase):
    """The bytes below a text stream; what of them is no text is shown as escapes."""

    def __init__(self, keep: Callable[[str], object]) -> None:
        self._keep = keep

    def writable(self) -> bool:
        """It can always be written to."""
        return True

    def fileno(self) -> int:
        """Number 1, as of any standard output; nothing that is written there is seen."""
        return 1

    def write(self, data: Any, /) -> int:
        """Keep the bytes as text."""
        given = bytes(data)
        self._keep(given[:LIMIT].decode("utf-8", "backslashreplace"))
        return len(given)

    def close(self) -> None:
        """Stay open: a wrapper that is dropped closes what it wraps."""


class Stream(io.TextIOBase):
    """A text stream with what programs ask of a terminal's, which says that it is none.

    What is written goes to `keep`; whatever wraps it or closes it, it stays open.
    """

    encoding = "utf-8"
    errors = "backslashreplace"
    name = "<stdout>"
    mode = "w"
    line_buffering = True
    write_through = True

    def __init__(self, keep: Callable[[str], object]) -> None:
        self._keep = keep
        self.buffer = _Bytes(self.write)

    def writable(self) -> bool:
        """It can always be written to."""
        return True

    def isatty(self) -> bool:
        """It is no terminal."""
        return False

    def fileno(self) -> int:
        """Number 1, as of any standard output; nothing that is written there is seen."""
        return 1

    def reconfigure(self, **changes: object) -> None:
        """Take any change of encoding or buffering, which changes nothing here."""

    def close(self) -> None:
        """Stay open, for what is printed later."""

    def write(self, text: str, /) -> int:
        """Hand the text on."""
        self._keep(text)
        return len(text)


class Captured(Stream):
    """A stream that remembers the beginning of what was written since it was last taken."""

    def __init__(self) -> None:
        super().__init__(self._remember)
        self._parts: list[str] = []
        self._size = 0

    def _remember(self, text: str) -> None:
        """Keep the text while there is room, then drop it."""
        room = LIMIT - self._size
        if room > 0:
            self._parts.append(cut(str(text), room))
            self._size += len(self._parts[-1])

    def take(self) -> str:
        """Hand over what was written and start anew."""
        text = "".join(self._parts)
        self._parts, self._size = [], 0
        return text
