"""Gradescope's results.json of one report.

https://gradescope-autograders.readthedocs.io/en/latest/specs/
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

import msgspec

from pytest_deeprnn.core.atomic_write import replacing
from pytest_deeprnn.core.report import CheckResult, Diagnosis, Report, Status
from pytest_deeprnn.core.sanitize import block, visible
from pytest_deeprnn.reporting.formats.output import BadOutput, Output, Place, Result, causes

_FAILED = (
    "The grader itself failed, so there is no score. This is not your submission's fault: your "
    "instructor has to look at it."
)
_RESULTS = Path("/autograder/results")  # where Gradescope's containers have it
_STATUS = {Status.PASS: "passed", Status.FAIL: "failed", Status.BLOCKED: "failed"}


def _write(given: Sequence[Result], place: Place) -> str:
    if len(given) != 1:
        raise BadOutput(f"results.json holds one submission, and here are {len(given)}")
    with replacing(place.path) as new:
        data = msgspec.json.encode(results(given[0].report))
        new.write_bytes(msgspec.json.format(data, indent=2) + b"\n")
    return ""


def results(report: Report) -> dict[str, Any]:
    """Display a report in Gradescope's form: the tests' scores sum up to that of the report.

    A top-level score is given only where they do not, since it would override the sum. All tests
    are visible: a hidden one would hide the total. Where the grader failed no score is given at
    all, so that Gradescope shows an error and no zero.
    """
    failed = report.verdict == "error"
    shown: dict[str, Any] = {
        "execution_time": round(report.timing.total_s, 3),
        "output": _FAILED if failed else _output(report),
        "output_format": "text" if failed else "html",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": [_test(one, at, failed) for at, one in enumerate(report.checks, 1)],
        "extra_data": {
            "schema": report.schema,
            "exercise": report.exercise,
            "verdict": report.verdict,
            "max_score": report.max_score,
            "sha256": report.submission.sha256,
        },
    }
    total = math.fsum(one.points for one in report.checks)
    if not failed and (not report.checks or not math.isclose(total, report.score)):
        shown = {"score": report.score, **shown}
    return shown


def _test(check: CheckResult, number: int, failed: bool) -> dict[str, Any]:
    """A check as a test; of a run that failed it says what happened, and nothing counts."""
    test: dict[str, Any] = {
        "name": check.id,
        "name_format": "text",
        "number": str(number),
        "output": block(check.message),
        "output_format": "text",
        "visibility": "visible",
    }
    if failed:
        return test
    test |= {"score": check.points, "max_score": check.max_points}
    if check.status in _STATUS:
        test["status"] = _STATUS[check.status]
    return test


def _output(report: Report) -> str:
    """What the whole submission is told: its score and root causes."""
    items = "".join(f"<li>{_cause(one)}</li>" for one in causes(report))
    score = f"<p>{report.score:g} of {report.max_score:g} points: {escape(report.verdict)}</p>"
    return score + (f"<ol>{items}</ol>" if items else "")


def _cause(one: Diagnosis) -> str:
    where = f"<p>{_place(one)}: <code>{_safe(one.source or '')}</code></p>" if one.line else ""
    hint = f"<p>{_safe(one.hint)}</p>" if one.hint else ""
    return f"<p><strong>{_safe(one.message)}</strong></p>{where}{hint}"


def _place(one: Diagnosis) -> str:
    cell = f"cell {one.cell}, " if one.cell else ""
    file = f"{_safe(one.file)}, " if one.file else ""
    return f"{file}{cell}line {one.line}"


def _safe(text: str) -> str:
    return escape(visible(text))


def _of_platform(variables: Mapping[str, str]) -> str | None:
    return str(_RESULTS / "results.json") if _RESULTS.is_dir() else None


GRADESCOPE = Output(
    name="gradescope",
    what="Gradescope's results.json, of one submission",
    file="results.json",
    write=_write,
    place=_of_platform,
)
