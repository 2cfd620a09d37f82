"""The one result of grading a submission: frozen data that every view only displays."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Final, Literal

import msgspec

from pytest_deeprnn.core.function_roles import FunctionRole
from pytest_deeprnn.core.network_graph import Unrolled

SCHEMA: Final = "pytest-deeprnn/report/1"

Gate = Literal["reset", "update", "candidate", "input", "forget", "output", "cell", "none"]
Verdict = Literal["pass", "fail", "incomplete", "error"]
#: How much a learner is told: which checks passed, where to look as well, or all.
Feedback = Literal["verdict", "hint", "explain"]


class Status(StrEnum):
    """How a check ended: `blocked` after another failed, `error` through the grader's own fault."""

    PASS = "pass"
    FAIL = "fail"
    BLOCKED = "blocked"
    SKIPPED = "skipped"
    ERROR = "error"


class Frozen(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=False):
    """Base of all report data: immutable, keyword-only, plain JSON."""


class Drawn(Frozen, frozen=True):
    """How a case's values come about: normal numbers of its seed, times a scale.

    They are drawn in float64 for each number tensor of get_params, then of init_state, in the
    order in which these lie in their containers; then the tokens. Where `state_scale` is None the
    state is init_state's own. In a float32 case all are rounded to it. What is not `tracked` runs
    without gradients.
    """

    params_scale: float
    state_scale: float | None
    dtype: Literal["float64", "float32"]
    tracked: bool


class Example(Frozen, frozen=True):
    """One generated situation in which the submission differs; indices count from 1.

    `place` is where the number stands in what forward returned, as Python: `outputs[3, 0]`,
    `new_state[1][0, 2]`. `expected_units` and `got_units` are the numbers beside it, from unit
    `first_unit` on; None for one that is not finite. `drawn` is None where the case cannot be
    made again outside of the grader.
    """

    sizes: dict[str, int]
    seed: int
    step: int | None = None
    layer: int | None = None
    row: int | None = None
    unit: int | None = None
    expected: float | None = None
    got: float | None = None
    tolerance: float | None = None
    place: str = ""
    first_unit: int = 1
    expected_units: tuple[float | None, ...] = ()
    got_units: tuple[float | None, ...] = ()
    drawn: Drawn | None = None


class FrameTold(Frozen, frozen=True):
    """A line of the student's that was being run when their code raised."""

    file: str
    line: int
    function: str
    cell: int | None = None


class CheckResult(Frozen, frozen=True):
    """The outcome of one check, in points.

    `frames` are the student's own lines in the traceback, the innermost last, where their code
    raised; `left_out` counts the cases that say nothing for it.
    """

    id: str
    status: Status
    points: float
    max_points: float
    message: str = ""
    blocked_by: tuple[str, ...] = ()
    example: Example | None = None
    observed: bool = False
    frames: tuple[FrameTold, ...] = ()
    left_out: int = 0


class Diagnosis(Frozen, frozen=True):
    """A named root cause: `exact` where a mutation gives the same numbers on every case.

    `detail` is what was measured, the end of `message`; `fields` are its parts as data.
    `follows_from` is the number of the diagnosis, from 1, that brings this one about; None for a
    root cause.
    """

    code: str
    message: str
    hint: str
    confidence: Literal["exact", "evidence"]
    layer: int | None = None
    gate: Gate = "none"
    file: str | None = None
    cell: int | None = None
    line: int | None = None
    source: str | None = None
    detail: str = ""
    follows_from: int | None = None
    fields: dict[str, Any] = {}

    @property
    def said(self) -> str:
        """The message without what was measured."""
        return self.message.removesuffix(self.detail).rstrip()


class RoleFound(Frozen, frozen=True):
    """Which of the student's tensors serves as what."""

    path: str
    shape: tuple[int, ...]
    role: str


class FunctionFound(Frozen, frozen=True):
    """Which of the student's functions was taken for one of the contract's three.

    `call` is how it is called, as Python, with the sizes V, H, L, B and device, inputs, state and
    params as names; "" where their module has to be set up for the sizes first.
    """

    role: FunctionRole
    name: str
    line: int
    file: str | None = None
    cell: int | None = None
    call: str = ""


class SubmissionId(Frozen, frozen=True):
    """What was graded: its id, the path as it was given, and the hash of its bytes."""

    id: str
    path: str
    sha256: str


class Given(Frozen, frozen=True):
    """Numbers that an example starts from, (rows, columns): a weight, or a part of the old state.

    `layer` counts from 1, 0 is the output layer; `name` is the book's, `yours` where the student
    keeps it, None where nothing in their code serves as it.
    """

    layer: int
    name: str
    yours: str | None
    values: tuple[tuple[float, ...], ...]


class WorkedRow(Frozen, frozen=True):
    """One quantity of one step and layer (0: output layer), as it should be and as it is: (B, H).

    `kind` says whether the layer computes it, reads it, or finally returns it. `known` says where
    `got` comes from: the student's code returned it, or the network gives it that was proven to
    give their numbers; it is None where their code does not use or not return the quantity, or
    where it cannot be seen from outside. `numbers` is the equation with this example's numbers,
    where there is one sequence; what is only read has neither. `your_equation` is the student's
    where it is another one, `your_numbers` how their value comes about where that is another one.
    """

    step: int
    layer: int
    name: str
    kind: Literal["computes", "reads", "returns"]
    expected: tuple[tuple[float, ...], ...]
    got: tuple[tuple[float | None, ...], ...] | None
    known: Literal["returned", "proof", "unused", "missing", "unknown"]
    differs: bool
    equation: str = ""
    numbers: str = ""
    your_equation: str = ""
    your_numbers: str = ""


class Parting(Frozen, frozen=True):
    """The first number that is not as it should be; row and unit count from 1."""

    step: int
    layer: int
    name: str
    kind: Literal["computes", "reads", "returns"]
    row: int
    unit: int
    expected: float
    got: float | None


class Worked(Frozen, frozen=True):
    """The smallest situation found in which numbers differ, worked step by step.

    `tokens` (T, B) count from 1, `cells` name each layer's cell from the lowest.
    """

    sizes: dict[str, int]
    cells: tuple[str, ...]
    tokens: tuple[tuple[int, ...], ...]
    weights: tuple[Given, ...]
    state: tuple[Given, ...]
    rows: tuple[WorkedRow, ...]
    first: Parting


class Protection(Frozen, frozen=True):
    """What the student's code was kept from or held to; `hindrance` is why not, "" where it was."""

    name: str
    hindrance: str


class RunSettings(Frozen, frozen=True):
    """All that a grade depends on beside the submission.

    `isolation` is "sandbox" where all protections were on, "process" where not all of them.
    """

    profile: str
    seed: int
    devices: tuple[str, ...]
    isolation: str
    cases: int
    versions: dict[str, str]
    protections: tuple[Protection, ...] = ()


class Timing(Frozen, frozen=True):
    """Seconds in all, seconds inside the student's functions, and calls of them."""

    total_s: float = 0.0
    student_s: float = 0.0
    calls: int = 0


class Report(Frozen, frozen=True):
    """Everything that is told of one submission under one exercise.

    `error` is what the grader says of a fault of its own, None where it had none.
    """

    submission: SubmissionId
    exercise: str
    verdict: Verdict
    score: float
    max_score: float
    checks: tuple[CheckResult, ...]
    diagnoses: tuple[Diagnosis, ...]
    roles: tuple[RoleFound, ...]
    settings: RunSettings
    timing: Timing
    functions: tuple[FunctionFound, ...] = ()
    notes: tuple[str, ...] = ()
    output: str = ""
    feedback: Feedback = "explain"
    worked: Worked | None = None
    wiring: Unrolled | None = None
    error: str | None = None
    schema: Literal["pytest-deeprnn/report/1"] = SCHEMA


def verdict_of(checks: tuple[CheckResult, ...]) -> Verdict:
    """Sum up outcomes: the grader's error outweighs all, a check left out outweighs a failure."""
    statuses = {check.status for check in checks}
    if Status.ERROR in statuses:
        return "error"
    if Status.SKIPPED in statuses or not checks:
        return "incomplete"
    return "pass" if statuses == {Status.PASS} else "fail"


def error_report(submission: SubmissionId, exercise: str, message: str) -> Report:
    """The report of a submission that the grader itself could not grade."""
    check = CheckResult(id="loads", status=Status.ERROR, points=0, max_points=0, message=message)
    return Report(
        submission=submission,
        exercise=exercise,
        verdict="error",
        score=0,
        max_score=0,
        checks=(check,),
        diagnoses=(),
        roles=(),
        settings=RunSettings(profile="", seed=0, devices=(), isolation="", cases=0, versions={}),
        timing=Timing(),
        error=message,
    )


def to_json(report: Report) -> bytes:
    """Encode a report as indented UTF-8 JSON."""
    return msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n"


def from_json(data: bytes) -> Report:
    """Decode a report; msgspec.ValidationError where it is not one."""
    return msgspec.json.decode(data, type=Report)


def json_schema() -> bytes:
    """The JSON Schema of a report, as it is shipped beside this module."""
    return msgspec.json.format(msgspec.json.encode(msgspec.json.schema(Report)), indent=2) + b"\n"
