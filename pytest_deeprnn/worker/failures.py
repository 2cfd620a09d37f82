"""Describes what the student's code raised, without its objects."""

from __future__ import annotations

import traceback
import types
from typing import Literal

from pytest_deeprnn.worker.messages import Failure, Frame, Raised
from pytest_deeprnn.worker.output import sendable

Stage = Literal["load", "call", "rebuild", "backward", "returned"]

_MESSAGE_LIMIT = 600
_FRAMES_LIMIT = 20


def describe(error: BaseException, stage: Stage, filenames: set[str]) -> Raised:
    """Turn an exception into plain data with the lines inside the submission only."""
    return Raised(
        type=type(error).__name__,
        message=_message(error),
        frames=_frames(error, filenames),
        stage=stage,
    )


def describe_failure(
    error: BaseException, filename: str, line: int, names: tuple[str, ...]
) -> Failure:
    """Turn an exception at module level into plain data."""
    return Failure(
        filename=filename,
        line=line,
        names=names,
        type=type(error).__name__,
        message=_message(error),
        frames=_frames(error, {filename}),
    )


def _message(error: BaseException) -> str:
    try:
        return sendable(str(error)[:_MESSAGE_LIMIT])
    except BaseException:  # the student's class may raise in __str__
        return "(no message)"


def _frames(error: BaseException, filenames: set[str]) -> tuple[Frame, ...]:
    steps = traceback.extract_tb(error.__traceback__)
    inside = [step for step in steps if step.filename in filenames]
    return tuple(
        Frame(filename=step.filename, line=step.lineno or 0, function=step.name)
        for step in inside[-_FRAMES_LIMIT:]
    )


def running(frame: types.FrameType | None, filenames: set[str]) -> tuple[Frame, ...]:
    """The lines of the submission that are being run, from the outermost."""
    found: list[Frame] = []
    while frame is not None:
        code = frame.f_code
        if code.co_filename in filenames:
            place = Frame(filename=code.co_filename, line=frame.f_lineno, function=code.co_name)
            found.insert(0, place)
        frame = frame.f_back
    return tuple(found)


def innermost(frame: types.FrameType | None, filenames: set[str]) -> Frame | None:
    """The innermost line of the submission that is being run."""
    found = running(frame, filenames)
    return found[-1] if found else None
