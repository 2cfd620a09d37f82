"""Classroom 50's result.json.

Source: https://github.com/foundation50/classroom50/wiki/Advanced-Autograding
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import lcm
from typing import Any

import msgspec

from pytest_deeprnn.core.atomic_write import replacing
from pytest_deeprnn.core.report import Report, Status
from pytest_deeprnn.reporting.formats.output import BadOutput, Output, Place, Result

_SCHEMA = "classroom50/result/v1"
#: What the platform tells of a submission, by the keys of the result.
_TOLD = {
    "classroom": "CLASSROOM",
    "assignment": "ASSIGNMENT",
    "submission": "SUBMISSION_TAG",
    "commit": "COMMIT_URL",
    "release": "RELEASE_URL",
}
_REVIEW = "REVIEW_URL"
_FINEST = 100  # parts of a point that are kept


def _write(results: Sequence[Result], place: Place) -> str:
    if len(results) != 1:
        raise BadOutput(f"result.json holds one submission, and here are {len(results)}")
    report = results[0].report
    if report.verdict == "error":
        raise BadOutput("the grader failed, so there is no result")
    with replacing(place.path) as new:
        data = msgspec.json.encode(result(report, place.variables))
        new.write_bytes(msgspec.json.format(data, indent=2) + b"\n")
    return ""


def result(report: Report, variables: Mapping[str, str]) -> dict[str, Any]:
    """Display a report in Classroom 50's form, in which all points are whole numbers."""
    unit = _unit(report)
    tests = [
        {
            "test-name": one.id,
            "passed": one.status is Status.PASS,
            "score": _whole(one.points, unit),
            "max-score": _whole(one.max_points, unit),
        }
        for one in report.checks
    ]
    told = {key: variables.get(name, "") for key, name in _TOLD.items()}
    now = datetime.datetime.now(datetime.UTC)
    return {
        "schema": _SCHEMA,
        **told,
        "review": variables.get(_REVIEW) or told["commit"],
        "datetime": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "score": sum(int(str(one["score"])) for one in tests),
        "max-score": sum(int(str(one["max-score"])) for one in tests),
        "tests": tests,
    }


def _unit(report: Report) -> int:
    """Into how many parts a point is cut, so that all points of the exercise are whole."""
    given = (value for one in report.checks for value in (one.points, one.max_points))
    return lcm(*(Fraction(value).limit_denominator(_FINEST).denominator for value in given))


def _whole(points: float, unit: int) -> int:
    return round(Fraction(points).limit_denominator(_FINEST) * unit)


def _of_platform(variables: Mapping[str, str]) -> str | None:
    return "result.json" if all(variables.get(name) for name in _TOLD.values()) else None


CLASSROOM50 = Output(
    name="classroom50",
    what="Classroom 50's result.json, of one submission",
    file="result.json",
    write=_write,
    place=_of_platform,
    variables=(*_TOLD.values(), _REVIEW),
)
