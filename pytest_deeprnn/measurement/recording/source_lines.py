"""Lines of the submission as syntax."""

from __future__ import annotations

import ast
import functools
from collections import defaultdict

from pytest_deeprnn.sandbox.protocol.messages import Frame
from pytest_deeprnn.submission.prepare import Prepared
from pytest_deeprnn.submission.source import Piece
from pytest_deeprnn.submission.syntax import Statement


def statements_at(prepared: Prepared, frame: Frame) -> list[ast.stmt]:
    """The statements that begin in a line of the submission."""
    for piece in prepared.pieces:
        if piece.filename == frame.filename and frame.line in (found := _by_line(piece)):
            return found[frame.line]
    return []


@functools.lru_cache(maxsize=32)  # the cells of a notebook; hundreds of lines are asked for
def _by_line(piece: Piece) -> dict[int, list[ast.stmt]]:
    found: dict[int, list[ast.stmt]] = defaultdict(list)
    for node in ast.walk(piece.parse()):
        if isinstance(node, ast.stmt):
            found[node.lineno].append(node)
    return found


def kept(prepared: Prepared) -> list[Statement]:
    """The statements of the submission that are run, in order."""
    run = {(number, path) for number, unit in enumerate(prepared.load.units) for path in unit.run}
    return [one for one in prepared.statements if (one.piece, one.path) in run]


def only_moves(prepared: Prepared, frame: Frame) -> bool:
    """Whether a line does nothing but to take a tensor to a device: `w.to(device)`."""
    inner = [node for one in statements_at(prepared, frame) for node in ast.walk(one)]
    calls = [node.func for node in inner if isinstance(node, ast.Call)]
    if any(isinstance(node, ast.BinOp) for node in inner):
        return False
    return bool(calls) and all(
        isinstance(called, ast.Attribute) and called.attr in ("to", "cuda", "cpu")
        for called in calls
    )
