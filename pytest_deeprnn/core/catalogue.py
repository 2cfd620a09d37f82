"""All that is told in words, in the reader's language: gettext's catalogues, one a language.

A language is a folder in `locale`; English is the texts themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from gettext import NullTranslations, translation
from importlib.resources import files
from pathlib import Path

DOMAIN = "deeprnn"
SOURCE = "en"
Translate = Callable[[str], str]
_FOLDER = Path(str(files("pytest_deeprnn.core"))) / "locale"


def N_(text: str) -> str:  # noqa: N802  # gettext's name for it, which extracting tools know
    """Mark a text for the catalogue; it is translated where it is told."""
    return text


def languages() -> tuple[str, ...]:
    """Return English and each language that has a catalogue."""
    return (SOURCE, *sorted(path.parts[-3] for path in _FOLDER.glob(f"*/*/{DOMAIN}.mo")))


@cache
def catalogue(lang: str) -> NullTranslations:
    """Return a language's catalogue; what it lacks is told in English."""
    return translation(DOMAIN, _FOLDER, [lang], fallback=True)


def translator(lang: str) -> Translate:
    """Return what translates whole texts, as they were marked, into a language."""
    found = catalogue(lang)
    return lambda text: found.gettext(text) if text else ""


class Words:
    """Says things in one language: texts with named values in braces."""

    def __init__(self, lang: str) -> None:
        self._translate = translator(lang)

    def __call__(self, english: str, **values: object) -> str:
        """Return a text with its values; in English where there is no translation of it."""
        return self._translate(english).format(**values)
