"""Where a new state is computed that nothing keeps, so that the next step reads the old one."""

from __future__ import annotations

import ast

from pytest_deeprnn.diagnosis.locate.definition_site import around
from pytest_deeprnn.diagnosis.locate.operands import multiplies
from pytest_deeprnn.measurement.recording.recording import Recording
from pytest_deeprnn.measurement.recording.source_lines import statements_at
from pytest_deeprnn.sandbox.protocol.messages import Frame, Step
from pytest_deeprnn.submission.prepare import Prepared


def not_kept(prepared: Prepared, recording: Recording) -> Frame | None:
    """The line that stores the old state, else the one whose new state is not; None for neither.

    A state that is computed under a name is kept where the function reads that name as a state.
    """
    steps = recording.giving(recording.hidden(1)) or _read_by_output(recording)
    if not steps or len(steps[0].frames) > 1:  # a function that is given a state returns it
        return None
    frame = steps[0].frames[-1]
    function = around(prepared, frame)
    for statement in statements_at(prepared, frame):
        match statement:
            case ast.Assign(targets=[ast.Name(id=new)], value=value):
                read = {node.id for node in ast.walk(value) if isinstance(node, ast.Name)}
                if function is not None and new not in read:
                    return _stored(function, new, read, frame)
    return None


def _read_by_output(recording: Recording) -> list[Step]:
    """What the last product before the outputs reads besides its weight."""
    for step in reversed(recording.steps):
        if multiplies(step):
            return [
                recording.steps[read.step]
                for read in step.reads
                if read.step >= 0 and not recording.is_weight(read)
            ]
    return []


def _stored(
    function: ast.FunctionDef | ast.Lambda, new: str, read: set[str], frame: Frame
) -> Frame | None:
    """The line that puts what was read back into a list, else the given one where nothing does."""
    for node in ast.walk(function):
        match node:
            case ast.Assign(targets=[ast.Subscript()], value=ast.Name(id=name)) if name in read:
                return Frame(frame.filename, node.lineno, frame.function)
            case ast.Assign(value=ast.Name(id=name)) if name == new:
                return None
            case ast.Call(func=ast.Attribute(attr="append" | "extend" | "insert"), args=args):
                if any(isinstance(one, ast.Name) and one.id == new for one in args):
                    return None
            case ast.Return(value=value) if value is not None and _names(value, new):
                return None
    early = any(_names(node, new) and node.lineno < frame.line for node in _read(function))
    return None if early else frame


def _read(function: ast.FunctionDef | ast.Lambda) -> list[ast.Name]:
    return [
        node
        for node in ast.walk(function)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    ]


def _names(value: ast.expr, name: str) -> bool:
    return any(isinstance(node, ast.Name) and node.id == name for node in ast.walk(value))
