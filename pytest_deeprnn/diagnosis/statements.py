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
