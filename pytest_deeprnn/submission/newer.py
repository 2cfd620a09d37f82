"""Says why Python's parser refuses a text where the reason is not a slip of the learner's.

A text may need a newer Python than the one that grades. Whether it does is tried, not guessed: the
newer construct is taken out, and the parser has to get past its line then.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from pytest_deeprnn.submission.errors import Unreadable
from pytest_deeprnn.submission.newer_strings import without_strings

_GRADES = f"this is graded with Python {sys.version_info.major}.{sys.version_info.minor}"
_PROMPT = re.compile(r"\s*(>>>|\.\.\. |(In|Out) ?\[\d*\]: ?)")
_LONGEST = 400  # characters of a line that is looked at; a hostile one may be of any length
_CONFLICT = re.compile(r"(<{7}|={7}|>{7}|\|{7})( |$)")


@dataclass(frozen=True)
class _Construct:
    """What a newer Python brought: how it is written, and the same line without it."""

    name: str
    version: tuple[int, int]
    written: re.Pattern[str]
    instead: str


def explained(error: SyntaxError, text: str) -> Unreadable:
    """Describe what the parser refused in one line, with the Python that grades."""
    lines = text.split("\n")
    number = error.lineno or 1
    line = lines[number - 1] if number <= len(lines) else ""
    pasted = _pasted(line) or _pasted(next((one for one in lines if one.strip()), ""))
    if pasted:
        return Unreadable(pasted, error.lineno)
    told = f"SyntaxError: {error.msg}"
    newer = _needed(lines, number)
    if newer is None:
        return Unreadable(f"{told} ({_GRADES})", error.lineno)
    needs = "Python {}.{}".format(*newer.version)
    told = f"{told} ({newer.name} needs {needs}, and {_GRADES})"
    return Unreadable(told, error.lineno, newer=True)


def _pasted(line: str) -> str:
    """Say what a line is that was copied from elsewhere than an editor; "" for any other."""
    if _PROMPT.match(line):
        return "this was copied from an interactive session: hand in the code without prompts"
    if _CONFLICT.match(line):
        return "git left the marks of a conflict here: choose one of the two versions"
    if line.lstrip().startswith("```"):
        return "this is a mark of Markdown: hand in the code without it"
    return ""


def _needed(lines: list[str], number: int) -> _Construct | None:
    """The construct in a line, or just before it, without which the parser gets past that line."""
    for at in range(number, max(0, number - 3), -1):
        if len(lines[at - 1]) > _LONGEST:
            continue
        for construct, mended in _mended(lines[at - 1]):
            if _stops_later([*lines[: at - 1], mended, *lines[at:]], number):
                return construct
    return None


def _mended(line: str) -> Iterator[tuple[_Construct, str]]:
    for construct in _CONSTRUCTS:
        if construct.version > sys.version_info[:2]:
            found = construct.written.sub(construct.instead, line)
            if found != line:
                yield construct, found
    for name, version, plain in without_strings(line):
        if version > sys.version_info[:2]:
            yield _Construct(name, version, re.compile(""), ""), plain


def _stops_later(lines: list[str], number: int) -> bool:
    try:
        ast.parse("\n".join(lines))
    except SyntaxError as error:
        return (error.lineno or 0) > number
    except (ValueError, RecursionError, MemoryError):
        return False
    return True


_CONSTRUCTS = (
    _Construct(
        "a type statement",
        (3, 12),
        re.compile(r"^(\s*)type\s+(\w+)\s*(\[[^=]*\])?\s*="),
        r"\1\2 =",
    ),
    _Construct(
        "a default of a type parameter",
        (3, 13),
        re.compile(r"^(\s*(?:async\s+)?(?:def|class)\s+\w+)\s*\[[^\]]*=.*?\](?=\s*[(:])"),
        r"\1",
    ),
    _Construct(
        "a list of type parameters",
        (3, 12),
        re.compile(r"^(\s*(?:async\s+)?(?:def|class)\s+\w+)\s*\[.*?\](?=\s*[(:])"),
        r"\1",
    ),
    _Construct(
        "except without brackets",
        (3, 14),
        # a name in lower case is where Python 2 put the exception
        re.compile(r"^(\s*except\*?\s+)([\w.]+(?:\s*,\s*[\w.]*[A-Z]\w*)+)\s*:"),
        r"\1(\2):",
    ),
    _Construct(
        "unpacking in a comprehension",
        (3, 15),
        re.compile(r"([\[({]\s*)\*{1,2}(\w+\s+for\b)"),
        r"\1\2",
    ),
    _Construct("a lazy import", (3, 15), re.compile(r"^(\s*)lazy\s+(?=(import|from)\b)"), r"\1"),
)
