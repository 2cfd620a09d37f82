"""How much a report tells: what an exercise hides is taken out of the data itself."""

from __future__ import annotations

from msgspec.structs import replace

from pytest_deeprnn.core.report import CheckResult, Diagnosis, Example, Feedback, Report, Status


def disclose(report: Report, feedback: Feedback) -> Report:
    """Leave out of a report what is not to be told, and note in it how much that is."""
    checks = tuple(disclose_check(check, feedback) for check in report.checks)
    told = replace(report, checks=checks, feedback=feedback)
    if feedback == "explain":
        return told
    told = replace(told, roles=(), worked=None, wiring=None)
    if feedback == "hint":
        return replace(told, diagnoses=tuple(map(_without_detail, report.diagnoses)))
    return replace(told, diagnoses=(), notes=())


def disclose_check(check: CheckResult, feedback: Feedback) -> CheckResult:
    """Leave out of a check what is not to be told; the grader's own error is no secret."""
    if feedback == "explain" or check.status is Status.ERROR:
        return check
    if feedback == "hint":
        message = "" if check.status is Status.FAIL else check.message
        return replace(check, message=message, example=_case_alone(check.example), frames=())
    # `observed` goes as well: some checks see one fault by numbers and another from inside
    return replace(check, message="", example=None, observed=False, frames=(), left_out=0)


def _without_detail(found: Diagnosis) -> Diagnosis:
    return replace(found, message=found.said, detail="", fields={})


def _case_alone(example: Example | None) -> Example | None:
    """Keep the case, so that it can be tried again, and not where and how the numbers part."""
    if example is None:
        return None
    return Example(sizes=example.sizes, seed=example.seed, drawn=example.drawn)
