"""Tells apart the names that several cells of a marimo notebook have each for itself."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from pytest_deeprnn.submission.scopes import bound_names

#: The first and the last line of a cell, and the statement that holds it.
_Cell = tuple[int, int, ast.AST]
_F_STRING = re.compile("[rR]?[fF]")


def told_apart(text: str, cells: Sequence[_Cell]) -> str:
    """The text with another name wherever a cell binds a `_name` that an earlier one binds too.

    Lines keep their numbers; a name that one cell alone binds stays as it is.
    """
    parts, end = [], 0
    for start, stop, new in _replacements(text, _renamings(cells)):
        parts += [text[end:start], new]
        end = stop
    return "".join([*parts, text[end:]])


def is_private(name: str) -> bool:
    """Tell a name that marimo keeps to its cell."""
    return name.startswith("_") and (name == "__" or not name.startswith("__"))


def _renamings(cells: Sequence[_Cell]) -> dict[int, dict[str, str]]:
    """For each line of a cell the names to change there."""
    seen: Counter[str] = Counter()
    found: dict[int, dict[str, str]] = {}
    for first, last, cell in cells:
        own = {one for one in bound_names(ast.iter_child_nodes(cell)) if is_private(one)}
        seen.update(own)
        new = {name: f"_cell_{seen[name]}{name}" for name in own if seen[name] > 1}
        found |= dict.fromkeys(range(first, last + 1), new) if new else {}
    return found


def _replacements(
    text: str, renamings: dict[int, dict[str, str]]
) -> Iterator[tuple[int, int, str]]:
    if not renamings:
        return
    starts = [0, 0, *accumulate(len(line) + 1 for line in text.split("\n"))]  # by lines from 1
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    for before, token in pairwise(tokens):
        names = renamings.get(token.start[0], {})
        new = token.string
        if token.type == tokenize.NAME and before.string != ".":
            new = names.get(new, new)
        elif token.type == tokenize.STRING and names and _F_STRING.match(new):
            for name, other in names.items():  # a single token up to Python 3.11
                new = re.sub(rf"(?<![\w.]){name}(?!\w)", other, new)
        if new != token.string:
            line, column = token.start
            at = starts[line] + column
            yield at, at + len(token.string), new
