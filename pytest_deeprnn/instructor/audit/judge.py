"""What an exercise's checks make of one generated submission."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Literal

import msgspec
import torch

from pytest_deeprnn.core.exercise import Exercise
from pytest_deeprnn.core.report import Report, Status
from pytest_deeprnn.core.settings import Profile, Settings
from pytest_deeprnn.grading.submission_grader import Grading
from pytest_deeprnn.instructor.audit.plan import Task
from pytest_deeprnn.measurement.cases.drawn import draw
from pytest_deeprnn.sandbox.in_process import LocalSpawner
from pytest_deeprnn.submission.discover import discover

#: From best to worst.
Mark = Literal["pass", "exact", "named", "caught", "MISSED", "ALARM"]
MARKS: tuple[Mark, ...] = ("pass", "exact", "named", "caught", "MISSED", "ALARM")


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """One submission and what was made of it; `expected` is empty for a right one."""

    file: str
    style: str
    expected: tuple[str, ...]
    cell: str
    gate: str
    fault: str
    where: str
    verdict: str
    told: tuple[str, ...]
    confidence: str
    failed: tuple[str, ...]
    seconds: float

    @property
    def is_right(self) -> bool:
        """Whether it must pass."""
        return not self.expected

    @property
    def mark(self) -> Mark:
        """How well it was judged; a submission that the grader failed on was not."""
        if self.is_right:
            return "pass" if self.verdict == "pass" and not self.told else "ALARM"
        if self.verdict != "fail":
            return "MISSED"
        if self.told[:1] == () or self.told[0] not in self.expected:
            return "caught"
        return "exact" if self.confidence == "exact" else "named"


class Judge:
    """Grades under one exercise; everything that was found is told, whatever the exercise hides."""

    def __init__(self, exercise: Exercise, profile: Profile, folder: Path) -> None:
        torch.set_num_threads(1)
        self._exercise = msgspec.structs.replace(exercise, feedback="explain")
        self._settings = Settings(profile=profile)
        settings = self._settings
        self._cases = draw(exercise, profile, settings.seed, settings.devices)
        self._folder = folder

    def judge(self, task: Task) -> Judged:
        """Write a submission and run all checks on it."""
        path = self._folder / task.filename
        path.write_text(task.text, encoding="utf-8")
        start = time.perf_counter()
        report = self._report(path)
        first = report.diagnoses[0].confidence if report.diagnoses else ""
        specimen = task.specimen
        return Judged(
            file=path.name,
            style=task.style,
            expected=specimen.codes,
            cell=specimen.of,
            gate=specimen.gate,
            fault=specimen.text,
            where=specimen.where,
            verdict=report.verdict,
            told=tuple(one.code for one in report.diagnoses),
            confidence=first,
            failed=tuple(one.id for one in report.checks if one.status != Status.PASS),
            seconds=round(time.perf_counter() - start, 2),
        )

    def _report(self, path: Path) -> Report:
        (submission,) = discover([str(path)])
        # The files are ours, so they may run in this process.
        grading = Grading(submission, self._exercise, self._settings, LocalSpawner(), self._cases)
        try:
            for name in grading.check_ids:
                grading.check(name)
            return grading.report()
        finally:
            grading.close()
