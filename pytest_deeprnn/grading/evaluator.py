"""The trusted process that grades: forked from the zygote before any student code exists."""

from __future__ import annotations

import socket

from pytest_deeprnn.core import faults
from pytest_deeprnn.grading.grader import DirectGrader
from pytest_deeprnn.grading.protocol import (
    Answer,
    Answered,
    Check,
    Checked,
    Done,
    Forget,
    Open,
    Question,
    Release,
    Start,
    Summarise,
    Summary,
    Taken,
    Trouble,
)
from pytest_deeprnn.sandbox.protocol.wire import Channel, Closed
from pytest_deeprnn.sandbox.worker import ZygoteClient


def main(control: socket.socket, zygote: socket.socket) -> None:
    """Answer the client until it goes."""
    channel: Channel[Question] = Channel(control, Question)  # type: ignore[arg-type]  # a union is no type[T] for mypy
    try:
        start = channel.receive()
        assert isinstance(start, Start)
        grader = DirectGrader(start.settings, ZygoteClient(zygote, start.settings.isolation))
        while True:
            channel.send(Answered(_answer(grader, channel.receive()), faults.take()))
    except Closed:
        return


def _answer(grader: DirectGrader, question: Question) -> Answer:
    try:
        match question:
            case Open(submission=submission, exercise=exercise):
                return Taken(grader.open(submission, exercise))
            case Check(key=key, name=name):
                return Checked(grader.check(key, name))
            case Summarise(key=key):
                return Summary(grader.report(key))
            case Release(key=key):
                grader.release(key)
            case Forget(key=key):
                grader.forget(key)
    except Exception as error:
        return Trouble(faults.record(error))
    return Done()
