"""How single values are written on the page."""

from __future__ import annotations

from markupsafe import Markup

from pytest_deeprnn.core.sanitize import visible


def plain(value: object) -> str:
    """Write a value so that it cannot act on the reader: ANSI escapes and bidi marks are shown.

    The page's environment applies this to every expression, so no template has to remember it.
    Markup stays Markup, plain text stays text that is escaped afterwards. TypeError for None:
    a missing value has to be left out by the template, not printed.
    """
    if value is None:
        raise TypeError("a template tried to print a missing value")
    shown = visible(str(value))
    return Markup(shown) if isinstance(value, Markup) else shown  # it was escaped before


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


def cut(text: str, limit: int = 6_000) -> tuple[str, int, str]:
    """Split a long text into its start, the number of characters left out, and its end."""
    if len(text) <= limit:
        return text, 0, ""
    half = limit // 2
    return text[:half], len(text) - 2 * half, text[-half:]
