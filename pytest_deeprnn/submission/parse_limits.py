"""How much Python a submission may hold: far more than any answer, far less than costs minutes.

Python's parser and compiler refuse most of what nests too deeply, and all that walk the tree later
may recurse. The rest that is small to write and large to read is refused here.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable

from pytest_deeprnn.submission.errors import Unreadable
from pytest_deeprnn.submission.magics import f_strings

MAX_CODE = 1024 * 1024  # characters of Python
MAX_NODES = 500_000
MAX_STATEMENTS = 5_000
MAX_DEPTH = 120  # ast.unparse and copy.deepcopy take up to six frames for each level
#: Python 3.11 looks through the whole of an f-string again for each of its fields.
_MAX_FIELDS_TIMES_LENGTH = 2**30
#: It writes a finally block out anew for each way that leads out of its try block, and so, for
#: blocks in one another, exponentially often.
_MAX_FINALLY = 100_000
_DIGITS = sys.int_info.default_max_str_digits
_MAX_BITS = int(_DIGITS * 3.3219)  # what repr can still write out

_Try = ast.Try | ast.TryStar


def check_text(text: str) -> None:
    """Refuse, before it is parsed, what would take the parser minutes; raises Unreadable."""
    if len(text) > MAX_CODE:
        raise Unreadable(f"this is more code than is read: {MAX_CODE // 1024} KiB at most")
    if text.count("{") * len(text) > _MAX_FIELDS_TIMES_LENGTH:
        for string, line in f_strings(text):
            if string.count("{") * len(string) > _MAX_FIELDS_TIMES_LENGTH:
                raise Unreadable("this string has too many fields in braces to be read", line)


def check_tree(module: ast.Module) -> None:
    """Refuse what later readers could not walk through; raises Unreadable."""
    level: list[ast.AST] = [module]
    nodes = statements = depth = line = 0
    has_finally = False
    while level:
        nodes += len(level)
        statements += sum(isinstance(node, ast.stmt) for node in level)
        line = max((getattr(node, "lineno", 0) for node in level), default=0) or line
        _check_numbers(level)
        has_finally = has_finally or any(
            isinstance(node, _Try) and node.finalbody for node in level
        )
        depth += 1
        if depth > MAX_DEPTH:
            raise Unreadable(f"this is nested more than {MAX_DEPTH} levels deep", line)
        check_amount(nodes, statements)
        level = [child for node in level for child in ast.iter_child_nodes(node)]
    if has_finally and _written_out([module])[0] > _MAX_FINALLY:
        raise Unreadable("these finally blocks, one in another, are too much for Python to compile")


def check_amount(nodes: int, statements: int) -> None:
    """Refuse more than so many expressions or statements; raises Unreadable."""
    if nodes > MAX_NODES:
        raise Unreadable(f"this is more code than is read: {MAX_NODES} names and values at most")
    if statements > MAX_STATEMENTS:
        raise Unreadable(f"this is more code than is read: {MAX_STATEMENTS} statements at most")


def _check_numbers(level: list[ast.AST]) -> None:
    for node in level:
        value = node.value if isinstance(node, ast.Constant) else None
        if isinstance(value, int) and value.bit_length() > _MAX_BITS:
            line = getattr(node, "lineno", None)
            raise Unreadable(f"this number has more than {_DIGITS} digits", line)


def _written_out(nodes: Iterable[ast.AST]) -> tuple[int, int]:
    """How many statements the compiler writes, and how many of them leave a block."""
    size = exits = 0
    for node in nodes:
        last = node.finalbody if isinstance(node, _Try) else []
        apart = set(last)
        inner, leaving = _written_out(
            child for child in ast.iter_child_nodes(node) if child not in apart
        )
        leaving += isinstance(node, ast.Return | ast.Break | ast.Continue)
        size += inner + isinstance(node, ast.stmt)
        exits += leaving
        if last:
            copied, out = _written_out(last)
            size += (2 + leaving) * copied
            exits += (2 + leaving) * out
    return size, exits
