"""The same submission gets the same report, whenever, wherever and in whatever order it is run."""

from __future__ import annotations

from pathlib import Path

import msgspec
from commands import Deeprnn, Ended

from pytest_deeprnn.core.report import Report, Timing

LABELLED = Path(__file__).parents[2] / "submissions"
SEVERAL = (
    "cells/drnn_input_weight_twice.py",
    "wiring/rnn_back_to_front.py",
)


def _untimed(ended: Ended, name: str) -> Report:
    return msgspec.structs.replace(
        ended.report(name), timing=Timing(total_s=0, student_s=0, calls=0)
    )


def test_reports_are_the_same(deeprnn: Deeprnn) -> None:
    names = []
    for place in SEVERAL:
        path = LABELLED / place
        deeprnn.file(path.name, path.read_text(encoding="utf-8"))
        names.append(f"--deeprnn-submission={path.name}")
    first = deeprnn.run(*names, "--deeprnn-report=one", report="one")
    second = deeprnn.run(*names[::-1], "-n2", "--deeprnn-report=two", report="two")
    for place in SEVERAL:
        stem = Path(place).stem
        assert _untimed(first, stem) == _untimed(second, stem)
        assert first.report(stem).settings.cases == 30
