"""Takes what only Jupyter understands out of a text; lines keep their numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pytest_deeprnn.submission.cell_magics import module_of, split

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
_RUNS = re.compile(r"[ \t]*%(?:run|load)[ \t]+(?P<what>[^\n]*)")


def without_magics(cell: str) -> str:
    """Make magics and shell lines of a cell empty, and a whole cell in another language."""
    magic = split(cell)
    if magic is not None and magic[0].kind in ("left out", "file"):
        return "\n" * cell.count("\n")
    return without_lines(cell)


def without_lines(text: str) -> str:
    """Make magics and shell lines empty; one that runs a module brings the module's names."""
    parts, at, depth = [], 0, 0
    while match := (_INSIDE if depth else _OUTSIDE).search(text, at):
        groups = match.groupdict()
        depth = max(0, depth + bool(groups["open"]) - bool(groups["close"]))
        end = match.start() if groups.get("magic") else match.end()
        parts += [text[at:end], _instead(groups.get("magic") or "")]
        at = match.end()
    return "".join(parts) + text[at:]


def run(words: str) -> str | None:
    """The import that stands for `%run net.py`; None where that is no module."""
    module = module_of(words)
    return None if module is None else f"from {module} import *"


def f_strings(text: str) -> Iterator[tuple[str, int]]:
    """Find the f-strings of a Python text, each with the line that it begins on."""
    line, at = 1, 0
    for match in _INSIDE.finditer(text):
        if match["string"] and _F_PREFIX.search(text[max(0, match.start() - 2) : match.start()]):
            line, at = line + text.count("\n", at, match.start()), match.start()
            yield match["string"], line


def _instead(magic: str) -> str:
    """A block whose only line was a magic still needs a statement."""
    indent = magic[: len(magic) - len(magic.lstrip())]
    runs = _RUNS.fullmatch(magic)
    statement = None if runs is None or indent else run(runs["what"])
    return (statement or (f"{indent}pass" if indent else "")) + "\n" * magic.count("\n")
