"""How findings are put into sentences."""

from __future__ import annotations

import re

_IDENTIFIER = re.compile(r"^(forward|params|state|\w*_\w*|\w+\[)")


def show(value: float) -> str:
    """A number as a sentence shows it."""
    return f"{value:.6g}"


def sentence(text: str, as_it_is: bool = False) -> str:
    """Make a clause a sentence: a capital, unless it begins with a name from code, and a stop.

    A text that begins with a learner's own name is left `as_it_is`.
    """
    keep = as_it_is or _IDENTIFIER.match(text)
    start = text if keep else text[:1].upper() + text[1:]
    return start if start.endswith((".", "!", "?")) else f"{start}."
