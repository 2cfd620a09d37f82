"""What stands around a submission's code as if its file were run alone: arguments, streams."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath

from pytest_deeprnn.sandbox.host.capture import Stream

_NAMES = ("argv", "orig_argv", "stdin", "stdout", "stderr")
_CELL = re.compile(r"\[\d+\]$")
_MISSING = object()


class Surroundings:
    """The attributes of `sys` as a submission has them: found as they are, changed by it alone.

    What it changes holds for its later calls, and for nothing else in this process.
    """

    def __init__(self) -> None:
        self._own: dict[str, object] = {}

    def start(self, filename: str) -> None:
        """Begin as `python FILENAME` does; a notebook's cell has the notebook's name."""
        name = PurePath(_CELL.sub("", filename)).name
        self._own = {"argv": [name], "orig_argv": ["python", name]}

    @contextmanager
    def held(self) -> Iterator[None]:
        """Put them in place, and afterwards what was there before."""
        outer = {name: getattr(sys, name, _MISSING) for name in _NAMES}
        given = {**outer, **_streams(outer), **self._own}
        _set(given)
        try:
            yield
        finally:
            now = {name: getattr(sys, name, _MISSING) for name in _NAMES}
            self._own |= {name: one for name, one in now.items() if one is not given[name]}
            _set(outer)


def _streams(outer: dict[str, object]) -> dict[str, object]:
    """Streams in the place of this process's own, which a submission might wrap and so close."""
    found = {name: outer[name] for name in ("stdout", "stderr")}
    return {
        name: Stream(one.write)
        for name, one in found.items()
        if isinstance(one, io.TextIOBase) and not isinstance(one, Stream)
    }


def _set(attributes: dict[str, object]) -> None:
    for name, value in attributes.items():
        if value is _MISSING:
            vars(sys).pop(name, None)
        else:
            setattr(sys, name, value)
