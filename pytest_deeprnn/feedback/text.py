"""How single values are written on the page."""

from __future__ import annotations

import unicodedata

_KEPT = frozenset("\n\t\u200c\u200d")  # joiners are part of the spelling of words and emoji
_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_NAMES = {0x00: "NUL", 0x07: "BEL", 0x08: "BS", 0x0D: "CR", 0x1B: "ESC"}  # what learners may meet


class _Inert(dict[int, str]):
    """A table for str.translate that judges each character when it first occurs."""

    def __missing__(self, code: int) -> str:
        self[code] = text = _visible(chr(code))
        return text


def _visible(char: str) -> str:
    """Replace a character that acts instead of showing: controls, bidi marks, surrogates, tags."""
    if char in _KEPT or unicodedata.category(char) not in _UNSAFE:
        return char
    return f"⟨{_NAMES.get(ord(char), f'U+{ord(char):04X}')}⟩"


_INERT = _Inert()


def plain(value: object) -> str:
    """Write a value so that it cannot act on the reader: ANSI escapes and bidi marks are shown.

    The page's environment applies this to every expression, so no template has to remember it.
    Markup stays Markup, plain text stays text that is escaped afterwards. TypeError for None:
    a missing value has to be left out by the template, not printed.
    """
    if value is None:
        raise TypeError("a template tried to print a missing value")
    text = value if isinstance(value, str) else str(value)
    return text.replace("\r\n", "\n").translate(_INERT)


def points(value: float) -> str:
    """Write points with two decimals at most: 12, 7.5, 3.33."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def number(value: float) -> str:
    """Write a number with six significant digits."""
    return f"{value:.6g}"


def apart(expected: float, got: float) -> tuple[str, str]:
    """Write two numbers with the digits that tell them apart, at least six."""
    differ = (d for d in range(1, 17) if f"{expected:.{d}g}" != f"{got:.{d}g}")
    digits = max(6, next(differ, 15) + 2)
    return f"{expected:.{digits}g}", f"{got:.{digits}g}"


def cut(text: str, limit: int = 12_000) -> tuple[str, int, str]:
    """Split a long text into its start, the number of characters left out, and its end."""
    if len(text) <= limit:
        return text, 0, ""
    half = limit // 2
    return text[:half], len(text) - 2 * half, text[-half:]
