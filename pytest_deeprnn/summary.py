"""The lines at the end of a run: score, what is wrong first, and where the page lies."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from pytest_deeprnn.feedback.text import points
from pytest_deeprnn.feedback.worked import decimal, first_row
from pytest_deeprnn.inert import block, line
from pytest_deeprnn.report import Diagnosis, Feedback, Report, RunSettings, Worked
from pytest_deeprnn.writer import names

_MANY = 5  # submissions above which each gets one line only
_TOLD: dict[Feedback, str] = {
    "verdict": "this exercise tells only the verdict: which checks passed, and the points",
    "hint": "this exercise gives only hints: where to look, not what was measured there",
}
#: What comes before a quantity's name in the line on the smallest example.
_KINDS = {"reads": "what it reads, ", "computes": "", "returns": "the returned "}


def write_summary(terminal: pytest.TerminalReporter, reports: list[Report], folder: Path) -> None:
    """Write what the learner, or the instructor of a class, looks for first."""
    if not reports:
        return
    terminal.write_sep("=", "deeprnn")
    for report in reports:
        terminal.write_line(line(_score(report)))
        if report.diagnoses and len(reports) <= _MANY:
            for told in (*_cause(report), *_example(report.worked)):
                terminal.write_line(told)
    for held in dict.fromkeys(told for report in reports if (told := _held(report.settings))):
        terminal.write_line(line(held))
    for rule in dict.fromkeys(_TOLD[r.feedback] for r in reports if r.feedback in _TOLD):
        terminal.write_line(rule)
    (first, *others) = names(reports)
    place = folder if others else folder / f"{first}.html"
    terminal.write_line(line(f"feedback: {place}"))


def _held(settings: RunSettings) -> str:
    """What the submission's code was kept from; "" where none of it was run."""
    if not settings.protections:
        return ""
    missing: dict[str, list[str]] = {}
    for one in settings.protections:
        if one.hindrance:
            missing.setdefault(one.hindrance, []).append(one.name)
    lacks = "; ".join(f"{', '.join(names)} ({reason})" for reason, names in missing.items())
    return f"isolation: {settings.isolation}" + (
        f", which does not hold here: {lacks}" * bool(lacks)
    )


def _score(report: Report) -> str:
    first = f", {report.diagnoses[0].code}" if report.diagnoses else ""
    return (
        f"{report.submission.id} as {report.exercise}: {report.verdict}, "
        f"{points(report.score)} of {points(report.max_score)} points{first}"
    )


def _cause(report: Report) -> list[str]:
    """The likeliest root cause, and below it what follows from it."""
    first = report.diagnoses[0]
    return [
        *_message(first),
        *_place(first),
        *_following(report.diagnoses),
        *_set_in(f"next: {first.hint}"),
    ]


def _message(found: Diagnosis) -> list[str]:
    """What was measured has a line of its own where the message is in another language."""
    if found.detail and found.message == f"{found.said}\n{found.detail}":
        return [*_set_in(found.said), *_set_in(found.detail)]
    return _set_in(found.message)


def _set_in(text: str, by: str = "  ") -> list[str]:
    """A text's lines, all further in than those that pytest writes."""
    return [f"{by}{one}" for one in block(text).split("\n")]


def _example(worked: Worked | None) -> list[str]:
    """The sizes of the smallest example, and the first number that is not as it should be."""
    if worked is None:
        return []
    sizes = ", ".join(f"{name} = {size}" for name, size in worked.sizes.items())
    return [line(f"  smallest example, {sizes}:"), line(f"    {_parting(worked)}")]


def _parting(worked: Worked) -> str:
    first, row = worked.first, first_row(worked)
    layer = f"layer {first.layer}" if first.layer else "output layer"
    unit = f" of unit {first.unit}" if len(row.expected[0]) > 1 else ""
    sequence = f", batch row {first.row}" if len(row.expected) > 1 else ""
    yours = "is not returned" if row.known == "missing" else f"is {decimal(first.got)}"
    return (
        f"step {first.step}, {layer}{sequence}: {_KINDS[first.kind]}{first.name}{unit} "
        f"should be {decimal(first.expected)}, yours {yours}"
    )


def _following(diagnoses: tuple[Diagnosis, ...]) -> list[str]:
    """What follows from the first, a line for each code."""
    told = Counter((one.code, one.said) for one in diagnoses if one.follows_from == 1)
    texts = (
        f"follows from it: {code}{f' ×{number}' if number > 1 else ''}. {said}"
        for (code, said), number in told.items()
    )
    return [one for text in texts for one in _set_in(text, "    ")]


def _place(diagnosis: Diagnosis) -> list[str]:
    if diagnosis.line is None:
        return []
    where = f"line {diagnosis.line}"
    where = where if diagnosis.cell is None else f"cell {diagnosis.cell}, {where}"
    return _set_in(f"{where}: {(diagnosis.source or '').strip()}")
