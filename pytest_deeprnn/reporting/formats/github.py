"""GitHub Actions: annotations at the student's lines, and the summary of the step.

Source: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence

from pytest_deeprnn.core.report import Diagnosis, Report, Status
from pytest_deeprnn.core.sanitize import visible
from pytest_deeprnn.reporting.formats.output import Output, Place, Result, causes

_MOST = 10  # annotations of one type that a step may have
_MOST_BYTES = 1 << 20  # of a step's summary
_ROOT = "GITHUB_WORKSPACE"
_CUT = "\n\nMore does not fit here; the report folder has it all.\n"


def _write(results: Sequence[Result], place: Place) -> str:
    """Append to the summary, which other parts of the step may have begun."""
    from pytest_deeprnn.reporting.html_page.markdown import (
        summary,  # jinja2, where something is written
    )

    told = "\n".join(summary(one.report, place.lang) for one in results)
    with place.path.open("ab") as file:
        file.write(_fitting(told.encode(), _MOST_BYTES - file.tell()))
    commands = [command for one in results for command in annotated(one, place)]
    return "\n".join(commands[:_MOST])


def _fitting(text: bytes, room: int) -> bytes:
    """GitHub shows nothing of a summary that is too long."""
    if len(text) <= room:
        return text
    kept = text[: max(0, room - len(_CUT))].rpartition(b"\n\n")[0]
    return kept + _CUT.encode() if kept else b""


def annotated(result: Result, place: Place) -> Iterator[str]:
    """One command for each root cause; where none is known, one for each failed check."""
    report, main = result.report, place.below(_ROOT, result.path)
    if report.verdict == "error":
        yield command("The grader itself failed; this is not the student's fault.", file=main)
        return
    found = causes(report)
    for one in found:
        yield _cause(one, place.below(_ROOT, result.file_of(one)))
    if not found:
        for check in report.checks:
            if check.status is Status.FAIL:
                yield command(check.message or _untold(report), file=main, title=check.id)


def _untold(report: Report) -> str:
    return f"This check of {report.exercise} did not pass."


def _cause(found: Diagnosis, file: str) -> str:
    layer = "" if found.layer is None else f" (layer {found.layer})"
    title = f"{found.code}{layer}"
    told = f"{found.message}\n{found.hint}".strip()
    if found.cell is not None:  # a notebook's file has other lines than its cells
        where = f"cell {found.cell}" + (f", line {found.line}" if found.line else "")
        return command(f"{where}: {told}", file=file, title=title)
    return command(told, file=file, line=found.line, endLine=found.line, title=title)


def command(message: str, **properties: str | int | None) -> str:
    """Write one error as a workflow command; what is None is left out."""
    given = ",".join(
        f"{name}={_property(str(value))}" for name, value in properties.items() if value is not None
    )
    return f"::error {given}::{_data(message)}"


def _data(text: str) -> str:
    return visible(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _of_platform(variables: Mapping[str, str]) -> str | None:
    if variables.get("GITHUB_ACTIONS") != "true":
        return None
    return variables.get("GITHUB_STEP_SUMMARY") or os.devnull


GITHUB = Output(
    name="github",
    what="annotations on standard output, and a summary in Markdown",
    file="summary.md",
    write=_write,
    place=_of_platform,
    variables=(_ROOT,),
)
