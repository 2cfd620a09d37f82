"""Reads f-strings by the rules of Python 3.12, and template strings: older parsers know neither."""

from __future__ import annotations

import re
from collections.abc import Iterator

_START = re.compile(
    r"(?<![\w\"'])(?P<prefix>[fF][rR]?|[rR][fF]|[tT][rR]?|[rR][tT])(?P<quote>[\"'])"
)
_PLAIN = re.compile(
    r"[rRbBuUfF]{0,2}(?:'''.*?'''|\"\"\".*?\"\"\"|'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
)


def without_strings(line: str) -> Iterator[tuple[str, tuple[int, int], str]]:
    """Name what in a line is newer, its version, and the line with a plain string instead."""
    nested, template, at = line, line, 0
    while match := _START.search(line, at):
        end = _end(line, match.end(), match["quote"])
        if end is None:
            break
        at = end
        if "t" in match["prefix"].lower():
            template = template.replace(line[match.start() : end], '""', 1)
        else:
            nested = nested.replace(line[match.start() : end], '""', 1)
    if template != line:
        yield "a template string", (3, 14), template
    if nested != line:
        yield "an f-string with its own quotes, or a backslash, inside of braces", (3, 12), nested


def _end(line: str, at: int, quote: str) -> int | None:
    """Where a string ends that began before `at`, None where it does not end well in its line."""
    while at < len(line):
        letter = line[at]
        if letter == "\\" or line.startswith(("{{", "}}"), at):
            at += 2
        elif letter == quote:
            return at + 1
        elif letter == "{":
            inner = _field_end(line, at + 1)
            if inner is None:
                return None
            at = inner
        elif letter == "}":
            return None
        else:
            at += 1
    return None


def _field_end(line: str, at: int) -> int | None:
    """Where the braces of a field end; strings inside may have any quotes."""
    depth, start = 0, at
    while at < len(line):
        string = _string_end(line, at)
        if string is not None:
            at = string
        elif _START.match(line, at):
            return None  # and not tried again from its next letter: that would double each time
        elif line[at] in "([{":
            depth, at = depth + 1, at + 1
        elif line[at] == "}" and depth == 0:
            return at + 1 if line[start:at].strip() else None
        elif line[at] in ")]}":
            depth, at = depth - 1, at + 1
        else:
            at += 1
    return None


def _string_end(line: str, at: int) -> int | None:
    inner = _START.match(line, at)
    if inner is not None:
        return _end(line, inner.end(), inner["quote"])
    plain = _PLAIN.match(line, at)
    return None if plain is None else plain.end()
