"""JUnit's XML, as GitLab, Jenkins and others read it; the points are properties.

Source: https://github.com/testmoapp/junitxml
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element, ElementTree, SubElement, indent

from pytest_deeprnn.core.atomic_write import replacing
from pytest_deeprnn.core.report import CheckResult, Report, Status
from pytest_deeprnn.core.sanitize import block, visible
from pytest_deeprnn.reporting.formats.output import Output, Place, Result, causes

_UNTOLD = "The exercise tells no more of it."
#: The element that a check's end is told by, and the suite's count of these.
_ENDS = {
    Status.FAIL: ("failure", "failures"),
    Status.BLOCKED: ("skipped", "skipped"),
    Status.SKIPPED: ("skipped", "skipped"),
    Status.ERROR: ("error", "errors"),
}


def _write(results: Sequence[Result], place: Place) -> str:
    root = Element("testsuites")
    for one in results:
        _suite(root, one)
    indent(root)
    with replacing(place.path) as new:
        ElementTree(root).write(new, encoding="utf-8", xml_declaration=True)
    return ""


def _suite(root: Element, result: Result) -> None:
    report = result.report
    name = f"{report.submission.id} as {report.exercise}"
    counts = Counter(_ENDS[one.status][1] for one in report.checks if one.status in _ENDS)
    told = {
        "name": visible(name),
        "tests": str(len(report.checks)),
        "time": f"{report.timing.total_s:.3f}",
        **{kind: str(counts[kind]) for kind in ("failures", "errors", "skipped")},
    }
    suite = SubElement(root, "testsuite", told)
    _properties(suite, score=report.score, max_score=report.max_score, verdict=report.verdict)
    for check in report.checks:
        _case(suite, check, report)
    if found := causes(report):
        texts = (f"{one.code}: {one.message}\n{one.hint}" for one in found)
        SubElement(suite, "system-out").text = visible("\n\n".join(texts))


def _case(suite: Element, check: CheckResult, report: Report) -> None:
    classname = visible(f"{report.submission.id}.{report.exercise}")
    case = SubElement(suite, "testcase", name=check.id, classname=classname)
    _properties(case, points=check.points, max_points=check.max_points)
    if check.status in _ENDS:
        told = block(check.message or _UNTOLD)
        end = SubElement(case, _ENDS[check.status][0], message=told.splitlines()[0])
        end.text = told


def _properties(owner: Element, **values: object) -> None:
    properties = SubElement(owner, "properties")
    for name, value in values.items():
        shown = f"{value:g}" if isinstance(value, float) else str(value)
        SubElement(properties, "property", name=name, value=shown)


def _of_platform(variables: Mapping[str, str]) -> str | None:
    return "" if variables.get("GITLAB_CI") == "true" else None


JUNIT = Output(
    name="junit",
    what="JUnit's XML, with points as properties",
    file="junit.xml",
    write=_write,
    place=_of_platform,
)
