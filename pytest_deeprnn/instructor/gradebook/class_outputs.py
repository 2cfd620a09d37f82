"""What a run over a class leaves beside the reports: class page, grades, and the platforms' own."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from pathlib import Path

from pytest_deeprnn.core.catalogue import Words
from pytest_deeprnn.core.exercise import Exercise
from pytest_deeprnn.core.report import Report
from pytest_deeprnn.core.sanitize import line
from pytest_deeprnn.grading.extensions.outputs import known
from pytest_deeprnn.instructor.gradebook import class_files
from pytest_deeprnn.instructor.gradebook.exports import canvas, moodle
from pytest_deeprnn.instructor.gradebook.options import Asked
from pytest_deeprnn.instructor.gradebook.run import Run
from pytest_deeprnn.reporting.formats import writer
from pytest_deeprnn.reporting.formats.output import Result
from pytest_deeprnn.reporting.html_page.number_format import points
from pytest_deeprnn.reporting.terminal import summary
from pytest_deeprnn.reporting.terminal.screen import Screen

_FEW = 5  # submissions of which each is told by itself


def write(asked: Asked, exercise: Exercise, run: Run) -> None:
    """Write all files that are about several submissions; BadExport where a sheet is none."""
    folder = Path(asked.out)
    title = exercise.title.zh if asked.lang == "zh" else exercise.title.en
    class_files.write(folder, run.rows, title, asked.lang, asked.anonymous)
    platforms = {one.platform for one in run.entries}
    if asked.canvas:
        sheet = Path(asked.canvas)
        canvas.fill(sheet, folder / sheet.name, run.rows(), exercise.title.en)
    elif "canvas" in platforms:
        canvas.write(folder / "canvas.csv", run.rows(), exercise.title.en)
    if asked.moodle:
        sheet = Path(asked.moodle)
        moodle.fill(sheet, folder / sheet.name, run.rows())
    if "moodle" in platforms:
        moodle.feedback_zip(folder / "moodle-feedback.zip", run.rows(), folder)


def write_further(
    asked: Asked, exercise: Exercise, run: Run, say: Callable[[str], None] = print
) -> None:
    """Write the reports in the forms that were asked for, and say what is to be said of these."""
    if not asked.outputs:
        return
    paths = {one.submission.id: Path(one.submission.given) for one in run.entries}
    results = [Result(one, paths[one.submission.id]) for one in run.reports()]
    there = known({one.output for one in asked.outputs}, exercise.hooks)
    for told in writer.write(asked.outputs, there, results, asked.lang):
        say(told)


def tell(asked: Asked, run: Run, say: Callable[[str], None] = print) -> None:
    """Say on standard output what came of it: a few submissions by themselves, a class in sum."""
    folder, words, screen = Path(asked.out), Words(asked.lang), Screen.of_stdout()
    if len(run.entries) > _FEW:
        say(line(_sum(run)))
        say(line(words("feedback: ") + str(folder / "index.html")))
        return
    reports: list[Report] = list(run.reports())
    for row in summary.rows(reports, folder, words) if reports else ():
        for text in screen.lines(row):
            say(text)


def _sum(run: Run) -> str:
    graded = [row for row in run.rows() if row.verdict != "error"]
    if not graded:
        return "no submission was graded"
    median = statistics.median(row.score for row in graded)
    passed = sum(row.verdict == "pass" for row in graded)
    most = points(graded[0].max_score)
    return (
        f"{len(graded)} graded as {graded[0].exercise}: {passed} passed in full, "
        f"median {points(median)} of {most} points"
    )
