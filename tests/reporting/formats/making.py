"""Reports for the tests of outputs."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from pytest_deeprnn.core.network_graph import Edge, Node, Unrolled, as_it_should_be, compared
from pytest_deeprnn.core.report import (
    CheckResult,
    Diagnosis,
    Report,
    Status,
    SubmissionId,
    error_report,
    verdict_of,
)
from pytest_deeprnn.reporting.formats.output import Place, Result

WHO = SubmissionId(id="a", path="a.py", sha256="0" * 64)


def check(id_: str, status: Status, points: float, message: str = "") -> CheckResult:
    return CheckResult(id=id_, status=status, points=points, max_points=5, message=message)


def report(*checks: CheckResult, diagnoses: tuple[Diagnosis, ...] = ()) -> Report:
    return replace(
        error_report(WHO, "deep-gru", ""),
        verdict=verdict_of(checks),
        score=sum(one.points for one in checks),
        max_score=5.0 * len(checks),
        checks=checks,
        diagnoses=diagnoses,
    )


PASSED = check("loads", Status.PASS, 5)
FAILED = check("own-state", Status.FAIL, 2.5, "layers share \x1b[31m one state\n::error::x")
BLOCKED = check("causal", Status.BLOCKED, 0, "Not judged.")
SKIPPED = check("training", Status.SKIPPED, 0)
ERROR = check("causal", Status.ERROR, 0, "The grader failed: x")
CAUSE = Diagnosis(
    code="shared-state",
    message="Layer 2 <script>",
    hint="Look: 100%, at both\nlines",
    confidence="exact",
    layer=2,
    line=3,
    source="H = <b>",
)
FOLLOWING = replace(CAUSE, code="wrong-recurrence", message="follows", follows_from=1)
FAULTY = report(PASSED, FAILED, BLOCKED, diagnoses=(CAUSE, FOLLOWING))


def one_state() -> Unrolled:
    """Two layers, of which the upper one takes the lower one's state in the first step."""
    wanted = set(as_it_should_be(("gru", "rnn")))
    own = Edge(source=Node(kind="old", layer=2), target=Node(kind="layer", layer=2, step=1))
    other = replace(own, source=Node(kind="old", layer=1))
    found = wanted - {own} | {other}
    arrows = compared(wanted, found, set())
    return Unrolled(cells=("gru", "rnn"), steps=3, proven=True, arrows=arrows)


def result(one: Report, folder: Path) -> Result:
    return Result(one, folder / "a.py")


def place(path: Path, base: Path, **variables: str) -> Place:
    return Place(path, "en", base, variables)
