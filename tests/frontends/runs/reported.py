"""A report with all that the end of a run tells, and a terminal that keeps what is written."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from msgspec.structs import replace

from pytest_deeprnn.core.report import (
    CheckResult,
    Diagnosis,
    Example,
    Parting,
    Protection,
    Report,
    RunSettings,
    Status,
    SubmissionId,
    Timing,
    Worked,
    WorkedRow,
)
from pytest_deeprnn.core.settings import Language
from pytest_deeprnn.reporting.terminal.screen import Screen
from pytest_deeprnn.reporting.terminal.summary import write_summary

PARTING = Parting(
    step=1, layer=2, name="H", kind="computes", row=1, unit=1, expected=0.25, got=-0.5
)
WORKED = Worked(
    sizes={"V": 2, "H": 1, "L": 2, "B": 1, "T": 1},
    cells=("rnn", "rnn"),
    tokens=((2,),),
    weights=(),
    state=(),
    rows=(
        WorkedRow(
            step=1,
            layer=2,
            name="H",
            kind="computes",
            expected=((0.25,),),
            got=((-0.5,),),
            known="proof",
            differs=True,
        ),
    ),
    first=PARTING,
)
EXAMPLE = Example(
    sizes={"B": 2}, seed=8, step=3, layer=2, row=1, unit=4, expected=0.418301771, got=0.229105542
)
FIRST = Diagnosis(
    code="shared-state",
    message="Two layers share one state. Layers 1 and 2 start from H.",
    hint="Give each layer a state of its own.",
    confidence="exact",
    file=None,
    line=36,
    source="    H2 = state[0]\n",
)
SECOND = Diagnosis(
    code="wrong-recurrence",
    message="A layer takes another layer's state.",
    hint="Use its own.",
    confidence="evidence",
    follows_from=1,
)


def check(id_: str, status: Status, example: Example | None = None) -> CheckResult:
    return CheckResult(id=id_, status=status, points=0, max_points=10, example=example)


REPORT = Report(
    submission=SubmissionId(id="kim", path="hand ins/kim.py", sha256="9f"),
    exercise="deep-rnn",
    verdict="fail",
    score=7.5,
    max_score=30,
    checks=(
        check("loads", Status.PASS),
        check("own-state", Status.FAIL),
        check("output-values", Status.FAIL, EXAMPLE),
        check("gradients", Status.BLOCKED),
    ),
    diagnoses=(FIRST, SECOND),
    roles=(),
    settings=RunSettings(
        profile="quick",
        seed=0,
        devices=("cpu",),
        isolation="sandbox",
        cases=3,
        versions={},
        protections=(Protection(name="files", hindrance=""),),
    ),
    timing=Timing(),
    worked=WORKED,
)


def with_first(**changes: object) -> Report:
    """The report with another first diagnosis."""
    return replace(REPORT, diagnoses=(replace(FIRST, **changes), SECOND))


class Kept:
    """Takes what the summary writes to pytest's terminal, line by line."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def write_sep(self, sign: str, title: str) -> None:
        pass

    def write_line(self, text: str) -> None:
        self.lines.append(text)


def told(
    *reports: Report, lang: Language = "en", width: int = 80, colour: bool = False
) -> list[str]:
    """What the end of a run says of these reports."""
    kept = Kept()
    terminal = cast("pytest.TerminalReporter", kept)
    write_summary(terminal, list(reports), Path("out"), lang, Screen(width, colour))
    return kept.lines
