"""Lines of the submission as syntax."""

from __future__ import annotations

import ast

from pytest_deeprnn.submission.prepare import Prepared
from pytest_deeprnn.worker.messages import Frame


def statements_at(prepared: Prepared, frame: Frame) -> list[ast.stmt]:
    """The statements that begin in a line of the submission."""
    for piece in prepared.source.pieces:
        if piece.filename == frame.filename:
            return [
                node
                for node in ast.walk(piece.parse())
                if isinstance(node, ast.stmt) and node.lineno == frame.line
            ]
    return []


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
