"""Make the parts of a report of what was found."""

from __future__ import annotations

from pytest_deeprnn.core.report import (
    CheckResult,
    FrameTold,
    FunctionFound,
    Protection,
    Status,
)
from pytest_deeprnn.core.settings import Isolation
from pytest_deeprnn.sandbox.protocol.messages import Frame
from pytest_deeprnn.submission.call_text import call_text
from pytest_deeprnn.submission.piece_names import spot
from pytest_deeprnn.submission.prepare import Prepared


def isolation(asked: Isolation, protections: tuple[Protection, ...]) -> Isolation:
    """Return the isolation that there was; where nothing was run, what was asked for."""
    if asked == "none" or not protections:
        return asked
    return "process" if any(one.hindrance for one in protections) else "sandbox"


def check_result(
    name: str, status: Status, points: float, max_points: float, message: str
) -> CheckResult:
    """Make the result of a check without an example."""
    return CheckResult(
        id=name, status=status, points=points, max_points=max_points, message=message
    )


def frame_told(frame: Frame) -> FrameTold:
    """Return a frame of a traceback as a reader finds it: a cell of a notebook, or a line."""
    here = spot(frame.filename, frame.line)
    line = here.line or frame.line
    return FrameTold(file=here.file, cell=here.cell, line=line, function=frame.function)


def functions(prepared: Prepared | None) -> tuple[FunctionFound, ...]:
    """Return the functions that were taken for the contract's, with their calls."""
    if prepared is None:
        return ()
    found = []
    for role, binding in prepared.contract.bindings():
        function = binding.function
        filename = prepared.filename_of(function)
        here = spot(filename or "", function.line)
        found.append(
            FunctionFound(
                role=role,
                name=function.name,
                line=here.line or function.line,
                file=here.file if function.piece is None and filename else None,
                cell=here.cell,
                call=call_text(prepared, binding),
            )
        )
    return tuple(found)
