"""The line that takes a weight for a place where another belongs."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from pytest_deeprnn.checks.evidence.parameter_uses import ACTIVATIONS, Piece, Uses
from pytest_deeprnn.measurement.recording.source_lines import statements_at
from pytest_deeprnn.sandbox.protocol.messages import Frame, Read, Step
from pytest_deeprnn.submission.prepare import Prepared

_WINDOW = 12  # operations before and after, which one line has at most


@dataclass(frozen=True)
class ReusedLine:
    """Compares the lines of two uses of one weight: where they part, one of them was chosen."""

    prepared: Prepared
    uses: Uses

    def find(self, taker: int, owner: int, lent: Piece) -> Frame:
        """The line that chose, from the innermost outwards."""
        step, other = (self.uses.recording.steps[number] for number in (taker, owner))
        if step.frames[-1].line != other.frames[-1].line:
            return step.frames[-1]
        if self._others_vary(taker, owner):
            return self._picked(step, lent) or step.frames[-1]
        for frame, counterpart in zip(reversed(step.frames), reversed(other.frames), strict=False):
            if frame.line != counterpart.line:
                return frame
        return self._picked(step, lent) or self._container(step) or step.frames[-1]

    def _others_vary(self, taker: int, owner: int) -> bool:
        """Whether the line computes with other weights beside, which differ from use to use."""
        steps = self.uses.recording.steps
        reach = min(_WINDOW, abs(taker - owner))
        for direction in (1, -1):
            for shift in range(direction, direction * reach, direction):
                one, two = taker + shift, owner + shift
                if not 0 <= min(one, two) <= max(one, two) < len(steps):
                    break
                if self._outside(steps[one], steps[taker]) or self._outside(
                    steps[two], steps[owner]
                ):
                    break
                leaves = self.uses.leaves_at(one), self.uses.leaves_at(two)
                if _ends(steps[one]):
                    break
                if all(leaves) and leaves[0] != leaves[1]:
                    return True
        return False

    def _outside(self, step: Step, use: Step) -> bool:
        return step.frames != use.frames

    def _picked(self, step: Step, lent: Piece) -> Frame | None:
        """A line in a loop that gave the weight the name that it is used by."""
        elements = set(lent.elements)
        for read in step.reads:
            if set(read.elements) & elements:
                for frame in self._bound(read, step):
                    return frame
        return None

    def _bound(self, read: Read, step: Step) -> Iterator[Frame]:
        use = step.frames[-1]
        for bound in reversed(read.bound):
            same = (bound.frame.filename, bound.frame.function) == (use.filename, use.function)
            if same and self._together(bound.frame.line, use):
                yield bound.frame

    def _together(self, line: int, use: Frame) -> bool:
        """Whether two lines of a file are run equally often: the same loop is around both."""
        return self._loop(use.filename, line) == self._loop(use.filename, use.line)

    def _loop(self, filename: str, line: int) -> tuple[int, int] | None:
        """Where the innermost loop around a line begins."""
        around = [
            (node.lineno, node.col_offset)
            for node in self._nodes(filename)
            if isinstance(node, ast.For | ast.While)
            and node.lineno <= line <= (node.end_lineno or node.lineno)
        ]
        return max(around, default=None)

    def _container(self, step: Step) -> Frame | None:
        """The assignment of the name that the line takes its weights out of, `p` in `p["W"]`."""
        use = step.frames[-1]
        roots = {
            root
            for statement in statements_at(self.prepared, use)
            for node in ast.walk(statement)
            if isinstance(node, ast.Subscript | ast.Attribute) and (root := _root(node))
        }
        lines = [
            node.lineno
            for node in self._nodes(use.filename)
            if isinstance(node, ast.Assign) and node.lineno < use.line
            if any(isinstance(target, ast.Name) and target.id in roots for target in node.targets)
            if self._together(node.lineno, use)
        ]
        return msgspec.structs.replace(use, line=max(lines)) if lines else None

    def _nodes(self, filename: str) -> list[ast.AST]:
        pieces = [one for one in self.prepared.pieces if one.filename == filename]
        return [node for piece in pieces for node in ast.walk(piece.parse())]


def _root(node: ast.expr) -> str:
    while isinstance(node, ast.Subscript | ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _ends(step: Step) -> bool:
    """Whether an operation is an activation, behind which another weighted sum begins."""
    return step.operation in ACTIVATIONS
