"""Makes a student's text dead: what would act on its reader, or hide from them, is shown."""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby

_KEPT = "\n\t"
_ACTING = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
#: Letters and marks without a shape: names that differ by them only would look alike.
_SHAPELESS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0")
_NAMES = {"\0": "NUL", "\a": "BEL", "\b": "BS", "\t": "TAB", "\n": "LF", "\r": "CR", "\x1b": "ESC"}
#: Joiners and variation selectors: part of the spelling of words and emoji, hidden elsewhere.
_SHAPING = re.compile("[\u200c\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_JOINERS = "\u200c\u200d"
_KEYCAP = "\u20e3"
_VIRAMA = 9  # the combining class of the sign that joins consonants in Indic scripts
#: Where a character may carry more marks than any spelling has: they would cover other lines.
_FOREIGN = re.compile("[^\0-\u02ff]{6,}")
_MOST_MARKS = 5
#: A line of a log that begins so is a command to GitHub's runner.
_FIRST_COLONS = re.compile(r"^(\s*)::")
#: The commands of other runners, and GitHub's older ones, which act anywhere in a line.
_HASHES = re.compile(r"##(?=\w*\[)")
_WIDEST = 1000
_LONGEST = 60
_FURTHER_IN = "    "


class _Shown(dict[int, str]):
    """A table for str.translate that judges each character when it first occurs."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = text = _marked(char) if _hides(char) else char
        return text


def _hides(char: str) -> bool:
    """Whether it acts or cannot be seen: controls, bidi marks, surrogates, tags, no characters."""
    if char in _KEPT or _SHAPING.match(char):
        return False
    is_no_character = ord(char) & 0xFFFE == 0xFFFE  # XML has no place for some of these
    return is_no_character or char in _SHAPELESS or unicodedata.category(char) in _ACTING


def _marked(char: str) -> str:
    return f"⟨{_NAMES.get(char, f'U+{ord(char):04X}')}⟩"


_SHOWN = _Shown()


def visible(text: str) -> str:
    """Write ANSI escapes, bidi marks and what has no shape as ⟨ESC⟩, ⟨U+202E⟩; lines stay lines.

    A joiner stays where it shapes Arabic or Indic letters or an emoji, a variation selector where
    it styles a symbol. Neither does so inside of a name in code.
    """
    shaped = _SHAPING.sub(_shaped, text.replace("\r\n", "\n"))
    return _FOREIGN.sub(_unstacked, shaped).translate(_SHOWN)


def line(text: str) -> str:
    """Write one line for a terminal or a log: nothing in it is a command, nor is it endless."""
    return _cut(_no_command(visible(text).replace("\n", _marked("\n"))))


def block(text: str) -> str:
    """Write several lines; those after the first are set in, so that none passes for pytest's."""
    first, *others = visible(text).split("\n")
    left_out = len(others) - _LONGEST
    if left_out > 0:
        others[_LONGEST:] = [f"… ({left_out} more lines)"]
    return "\n".join([line(first), *(f"{_FURTHER_IN}{line(other)}" for other in others)])


def word(text: str) -> str:
    """Write a part of a node id: one line that `::` does not take apart."""
    return line(text).replace("\t", _marked("\t")).replace("::", "⟨:⟩⟨:⟩")


def _shaped(found: re.Match[str]) -> str:
    text, at = found.string, found.start()
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    shapes = _joins if found[0] in _JOINERS else _styles
    return found[0] if before and shapes(before, after) else _marked(found[0])


def _joins(before: str, after: str) -> bool:
    """Whether a joiner between two characters is part of an Arabic or Indic word, or an emoji."""
    if not after:
        return False
    if _VIRAMA in (unicodedata.combining(before), unicodedata.combining(after)):
        return True
    if unicodedata.bidirectional(after) == "AL":
        return unicodedata.bidirectional(before) in ("AL", "NSM")
    is_symbol = unicodedata.category(before) in ("So", "Sk") or before == "\ufe0f"
    return is_symbol and unicodedata.category(after) == "So"


def _styles(before: str, after: str) -> bool:
    """Whether a variation selector makes a symbol or a keycap of what it follows."""
    return after == _KEYCAP or before == "ℹ" or unicodedata.category(before)[0] in "SP"


def _unstacked(found: re.Match[str]) -> str:
    groups = groupby(found[0], key=lambda char: unicodedata.category(char) in ("Mn", "Me"))
    return "".join(
        _few("".join(some)) if are_marks else "".join(some) for are_marks, some in groups
    )


def _few(marks: str) -> str:
    left_out = len(marks) - _MOST_MARKS
    return marks if left_out <= 0 else f"{marks[:_MOST_MARKS]}⟨{left_out}×U+{ord(marks[-1]):04X}⟩"


def _no_command(text: str) -> str:
    return _HASHES.sub("⟨##⟩", _FIRST_COLONS.sub(r"\1⟨::⟩", text))


def _cut(text: str) -> str:
    left_out = len(text) - _WIDEST
    return text if left_out <= 0 else f"{text[:_WIDEST]}… ({left_out} more characters)"
