"""A class as its page is tried with: hostile names, groups of points, one that was not graded."""

from __future__ import annotations

from pytest_deeprnn.core.report import Status
from pytest_deeprnn.instructor.gradebook.entry import Before, Entry, Row, Student
from pytest_deeprnn.submission.discover import Submission

HOSTILE = "<img src=x onerror=alert(1)>\"' </script><script>alert(2)</script>\x1b[31m\u202e"


def row(name: str, score: float, **more: object) -> Row:
    """A student's row."""
    id_ = f"{name}'s/id #1"
    submission = Submission(id=id_, name=f"{name}.py", path=f"/home/{name}.py", given="x.py")
    entry = Entry(
        submission=submission,
        students=(Student(id=f"n{name}", name=name, email=f"{name}@example.org"),),
        late=name == "Ann",
        earlier=("first.py", "second.py") if name == "Bob" else (),
    )
    values: dict[str, object] = {
        "verdict": "pass" if score == 100 else "fail",
        "checks": {"loads": Status.PASS, "pure": Status.FAIL},
        "causes": () if score == 100 else ("shared-state",),
        "seconds": score / 10,
        **more,
    }
    return Row(entry=entry, page=id_, exercise="gru", score=score, max_score=100, **values)  # type: ignore[arg-type]  # as the fields ask


ROWS = (
    row("Ann", 100),
    row("Bob", 35, before=Before(score=80, max_score=100, why=("submission", "program"))),
    row("王小明", 35),
    row(HOSTILE, 60, causes=("wrong-cell", "shared-state")),
    row("Evelyn", 0, verdict="error", checks={}, causes=(), trouble="Killed by <b>"),
)
