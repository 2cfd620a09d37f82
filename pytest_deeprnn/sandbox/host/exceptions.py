"""Describes what the student's code raised, without its objects."""

from __future__ import annotations

import traceback
import types
from typing import Literal

from pytest_deeprnn.sandbox.protocol.limits import MAX_FRAMES, MAX_LISTED, MAX_MESSAGE
from pytest_deeprnn.sandbox.protocol.messages import Failure, Frame, Raised
from pytest_deeprnn.sandbox.protocol.text import class_name, cut, name

Stage = Literal["load", "call", "rebuild", "backward", "returned"]

_FRAMES_LIMIT = 20
_OUTERMOST = 10  # of very many lines


def describe(error: BaseException, stage: Stage, filenames: set[str]) -> Raised:
    """Turn an exception into plain data with the lines inside the submission only."""
    return Raised(
        type=class_name(error),
        message=_message(error),
        frames=_frames(error, filenames),
        stage=stage,
    )


def describe_failure(
    error: BaseException, place: tuple[str, int], names: tuple[str, ...], filenames: set[str]
) -> Failure:
    """Turn an exception at module level into plain data, with the lines inside the submission."""
    return Failure(
        filename=place[0],
        line=place[1],
        names=tuple(name(one) for one in names[:MAX_LISTED]),
        type=class_name(error),
        message=_message(error),
        frames=_frames(error, filenames),
    )


def raises(error: BaseException) -> str:
    """What a call does that raises."""
    return cut(f"raises {class_name(error)}: {_message(error)}", MAX_MESSAGE)


def _message(error: BaseException) -> str:
    try:
        return cut(str(error), MAX_MESSAGE)
    except BaseException:  # the student's class may raise in __str__
        return "(no message)"


def _frames(error: BaseException, filenames: set[str]) -> tuple[Frame, ...]:
    steps = traceback.extract_tb(error.__traceback__)
    inside = [step for step in steps if step.filename in filenames]
    return tuple(
        Frame(filename=name(step.filename), line=step.lineno or 0, function=name(step.name))
        for step in inside[-_FRAMES_LIMIT:]
    )


def running(frame: types.FrameType | None, filenames: set[str]) -> tuple[Frame, ...]:
    """The lines of the submission that are being run, from the outermost."""
    found: list[tuple[types.CodeType, int | None]] = []
    while frame is not None:
        code = frame.f_code
        if code.co_filename in filenames:
            found.append((code, frame.f_lineno))
        frame = frame.f_back
    inner, outer = found[: MAX_FRAMES - _OUTERMOST], found[MAX_FRAMES - _OUTERMOST :]
    return tuple(_place(*one) for one in reversed((*inner, *outer[-_OUTERMOST:])))


def _place(code: types.CodeType, line: int | None) -> Frame:
    return Frame(filename=name(code.co_filename), line=line or 0, function=name(code.co_name))


def innermost(frame: types.FrameType | None, filenames: set[str]) -> Frame | None:
    """The innermost line of the submission that is being run."""
    found = running(frame, filenames)
    return found[-1] if found else None
