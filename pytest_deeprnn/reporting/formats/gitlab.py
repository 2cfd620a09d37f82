"""GitLab's code quality report.

Source: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from pytest_deeprnn.core.atomic_write import replacing
from pytest_deeprnn.core.report import Status
from pytest_deeprnn.core.sanitize import visible
from pytest_deeprnn.reporting.formats.output import Output, Place, Result, causes

_ROOT = "CI_PROJECT_DIR"


def _write(results: Sequence[Result], place: Place) -> str:
    issues = [issue for one in results for issue in _issues(one, place)]
    with replacing(place.path) as new:
        new.write_bytes(msgspec.json.format(msgspec.json.encode(issues), indent=2) + b"\n")
    return ""


def _issues(result: Result, place: Place) -> Iterator[dict[str, Any]]:
    """The root causes; where none is known, the failed checks. A faulty grader is no issue."""
    report = result.report
    found = () if report.verdict == "error" else causes(report)
    for one in found:
        path = place.below(_ROOT, result.file_of(one))
        cell = "" if one.cell is None else f"cell {one.cell}: "
        line = one.line if one.cell is None else None  # a notebook's file has other lines
        yield _issue(
            one.code,
            f"{cell}{one.said} {one.hint}",
            path,
            line,
            f"{one.layer} {one.gate} {one.detail}",
        )
    if not found and report.verdict == "fail":
        path = place.below(_ROOT, result.path)
        for check in report.checks:
            if check.status is Status.FAIL:
                yield _issue(check.id, check.message or "This check did not pass.", path, None, "")


def _issue(name: str, told: str, path: str, line: int | None, more: str) -> dict[str, Any]:
    """The fingerprint stays where only the line moves, so that GitLab sees the same issue."""
    told = " ".join(visible(told).split())
    parts = "\0".join((name, path, more, told))
    return {
        "description": told,
        "check_name": name,
        "fingerprint": hashlib.sha256(parts.encode()).hexdigest(),
        "severity": "major",
        "location": {"path": path, "lines": {"begin": line or 1}},
    }


def _of_platform(variables: Mapping[str, str]) -> str | None:
    return "" if variables.get("GITLAB_CI") == "true" else None


GITLAB = Output(
    name="gitlab",
    what="a code quality report",
    file="gl-code-quality-report.json",
    write=_write,
    place=_of_platform,
    variables=(_ROOT,),
)
