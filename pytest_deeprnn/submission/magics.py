"""Takes what only Jupyter understands out of a cell's text; lines keep their numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

#: What matters outside of brackets and strings: a magic at the start of a line (not of a
#: continued one) with its own continuations, also one that is assigned (`files = !ls`).
_MAGIC = (
    r"(?P<magic>(?<!\\\n)^[ \t]*"
    r"(?:[%!?]|[\w.*]+\?{1,2}[ \t]*$|[\w.][\w., \t]*=[ \t]*[%!])(?:[^\n]*\\\n)*[^\n]*)"
)
#: A comment, a string, an escaped character, a bracket. A string that nothing ends is taken up to
#: the end of its line or of the text, so that no part of a text is looked through twice.
_LEXEME = (
    r"#[^\n]*"
    r"|(?P<string>'''(?>(?:[^\\']|\\[\s\S]|'(?!''))*)(?:''')?"
    r'|"""(?>(?:[^\\"]|\\[\s\S]|"(?!""))*)(?:""")?'
    r"|'(?>(?:[^\\'\n]|\\[\s\S])*)'?"
    r'|"(?>(?:[^\\"\n]|\\[\s\S])*)"?)'
    r"|\\[\s\S]|(?P<open>[(\[{])|(?P<close>[)\]}])"
)
_OUTSIDE = re.compile(f"{_MAGIC}|{_LEXEME}", re.MULTILINE)
_INSIDE = re.compile(_LEXEME)
_F_PREFIX = re.compile("(f|fr|rf)$", re.IGNORECASE)
_CELL_MAGICS_OF_PYTHON = {"time", "timeit", "capture", "prun"}


def without_magics(text: str) -> str:
    """Make magics and shell lines empty, and a whole cell in another language."""
    first = next((line.strip() for line in text.split("\n") if line.strip()), "")
    if first.startswith("%%") and first[2:].split(" ")[0] not in _CELL_MAGICS_OF_PYTHON:
        return "\n" * text.count("\n")
    parts, at, depth = [], 0, 0
    while match := (_INSIDE if depth else _OUTSIDE).search(text, at):
        groups = match.groupdict()
        depth = max(0, depth + bool(groups["open"]) - bool(groups["close"]))
        end = match.start() if groups.get("magic") else match.end()
        parts += [text[at:end], _blank(groups.get("magic") or "")]
        at = match.end()
    return "".join(parts) + text[at:]


def f_strings(text: str) -> Iterator[tuple[str, int]]:
    """Find the f-strings of a Python text, each with the line that it begins on."""
    line, at = 1, 0
    for match in _INSIDE.finditer(text):
        if match["string"] and _F_PREFIX.search(text[max(0, match.start() - 2) : match.start()]):
            line, at = line + text.count("\n", at, match.start()), match.start()
            yield match["string"], line


def _blank(magic: str) -> str:
    """A block whose only line was a magic still needs a statement."""
    indent = magic[: len(magic) - len(magic.lstrip())]
    return (f"{indent}pass" if indent else "") + "\n" * magic.count("\n")
