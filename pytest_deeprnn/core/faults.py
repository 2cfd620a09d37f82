"""Faults of the grader's own: their tracebacks, for whoever runs it, kept out of every report."""

from __future__ import annotations

import traceback
from collections.abc import Iterable
from pathlib import Path

FILE = "errors.log"
_MOST = 50  # of one process and one run; the same fault may show in each submission of a class
_kept: list[str] = []


def record(error: BaseException) -> str:
    """Keep an exception's traceback; return what a report says instead of it."""
    keep(["".join(traceback.format_exception(error))])
    return (
        f"The grader failed: {type(error).__name__}: {error}\n"
        f"This is no fault of the submission. Whoever runs the grader finds the details in {FILE}, "
        "to be sent to the developers of pytest-deeprnn."
    )


def keep(texts: Iterable[str]) -> None:
    """Keep tracebacks that another process recorded."""
    for text in texts:
        if text not in _kept and len(_kept) < _MOST:
            _kept.append(text)


def take() -> tuple[str, ...]:
    """Return what was kept, and keep it no longer."""
    taken = tuple(_kept)
    _kept.clear()
    return taken


def write(folder: Path, texts: Iterable[str]) -> None:
    """Write tracebacks into errors.log of a folder; without any, an old one is taken away."""
    text = "\n".join(texts)
    if text:
        (folder / FILE).write_text(text, encoding="utf-8", errors="replace")
    else:
        (folder / FILE).unlink(missing_ok=True)
