"""Grades one submission: runs its checks in order, gives points, and puts the report together."""

from __future__ import annotations

import platform
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from typing import TypeVar

import msgspec

from pytest_deeprnn.checks.evidence.first_failure import Failures
from pytest_deeprnn.checks.outcome import Blocked, Check, Failed, Outcome, Passed
from pytest_deeprnn.checks.registry import HOMES
from pytest_deeprnn.core import faults
from pytest_deeprnn.core.catalogue import translator
from pytest_deeprnn.core.exercise import Exercise
from pytest_deeprnn.core.facts.fact import Fact
from pytest_deeprnn.core.finding import Finding
from pytest_deeprnn.core.network_graph import Unrolled
from pytest_deeprnn.core.phrasing import sentence
from pytest_deeprnn.core.report import (
    CheckResult,
    Diagnosis,
    Protection,
    Report,
    RoleFound,
    RunSettings,
    Status,
    SubmissionId,
    Timing,
    Worked,
    verdict_of,
)
from pytest_deeprnn.core.settings import Settings
from pytest_deeprnn.diagnosis.build_network_graph import unroll
from pytest_deeprnn.diagnosis.diagnose import by_equal_values, diagnose
from pytest_deeprnn.diagnosis.plain_notes import plain_notes
from pytest_deeprnn.diagnosis.worked_example.build import work
from pytest_deeprnn.grading.contract_search.search import complete_for
from pytest_deeprnn.grading.contract_search.taken import taken
from pytest_deeprnn.grading.disclosure import disclose, disclose_check
from pytest_deeprnn.grading.exception_findings import first_failure, lost, raised, unreadable
from pytest_deeprnn.grading.extensions import hooks
from pytest_deeprnn.grading.extensions.checks import with_added
from pytest_deeprnn.grading.extensions.hooks import Added, BadHooks
from pytest_deeprnn.grading.report_parts import check_result, frame_told, functions, isolation
from pytest_deeprnn.grading.tensor_roles import roles_found
from pytest_deeprnn.measurement.alignment.errors import NotMeasurable
from pytest_deeprnn.measurement.calls.runner import StudentLost, StudentRaised, SubmissionRunner
from pytest_deeprnn.measurement.cases.drawn import Case, describe
from pytest_deeprnn.measurement.cases.training import describe_further
from pytest_deeprnn.measurement.recording.gate_names import as_meant
from pytest_deeprnn.measurement.traces import Traces
from pytest_deeprnn.sandbox.worker import Spawner
from pytest_deeprnn.submission.discover import Submission
from pytest_deeprnn.submission.not_installed import NotInstalled, needed_absent
from pytest_deeprnn.submission.prepare import Prepared, prepare
from pytest_deeprnn.submission.source import Unreadable

#: The checks that compare numbers: where one fails, an example can be worked.
T = TypeVar("T")
_NUMBERS = ("output-values", "new-state", "carries-state")
_MOST_FINDINGS = 30  # of one check: a submission may have any number of tensors
_VERSIONS = ("pytest-deeprnn", "torch", "hypothesis")


@dataclass(frozen=True)
class _GraderFailed:
    """An exception of ours."""

    message: str


_Ended = Outcome | _GraderFailed


class Grading:
    """One submission under one exercise; checks are run when they are asked for."""

    def __init__(
        self,
        submission: Submission,
        exercise: Exercise,
        settings: Settings,
        spawner: Spawner,
        cases: list[Case],
        notes: tuple[str, ...] = (),
    ) -> None:
        self._submission = submission
        self._exercise = exercise
        self._settings = settings
        self._cases = cases
        self._notes = notes
        self._ended: dict[str, _Ended] = {}
        self._asked: set[str] = set()
        self._seconds = 0.0
        self._own_faults: list[str] = []
        self._sha256 = submission.sha256()
        self._prepared: Prepared | None = None
        self._unreadable: Unreadable | None = None
        self._traces: Traces | None = None
        added = hooks.added(exercise.hooks)
        self._checks = _checks(exercise, added)
        try:
            prepared = prepare(submission, frozenset(exercise.network.cells))
        except Unreadable as error:
            self._unreadable = error
        else:
            prepared = self._prepared = complete_for(exercise, prepared, spawner)
            student = SubmissionRunner(
                spawner, prepared.load, prepared.contract, prepared.constants, exercise.imports
            )
            self._traces = Traces(prepared, student, exercise, cases, as_meant, added.mutations)

    @property
    def check_ids(self) -> list[str]:
        """The checks that the exercise gives points for, in their order."""
        return [name for name in self._checks if name in self._exercise.points]

    def check(self, name: str) -> CheckResult:
        """Run a check, and silently those that it needs; told as far as the exercise allows."""
        start = time.perf_counter()
        self._asked.add(name)
        self._run(name)
        self._seconds += time.perf_counter() - start
        return disclose_check(self._result(name), self._exercise.feedback)

    def report(self) -> Report:
        """Sum up what the exercise lets be told of all checks that were asked for."""
        return disclose(self._report(), self._exercise.feedback)

    def close(self) -> None:
        """End the submission's process."""
        if self._traces is not None:
            self._traces.student.close()

    def _report(self) -> Report:
        """Sum up everything; checks that were not asked for count as skipped."""
        checks = tuple(self._result(name) for name in self.check_ids)
        traces = self._traces
        worked = self._worked()  # before the meter is read: it makes calls
        diagnoses = self._diagnoses()
        wiring = self._guarded(lambda: self._wiring(diagnoses), None)
        roles = self._roles()
        meter = None if traces is None else traces.student.meter
        return Report(
            submission=SubmissionId(
                id=self._submission.id,
                path=self._submission.given,
                sha256=self._sha256,
            ),
            exercise=self._exercise.name,
            verdict=verdict_of(checks),
            score=sum(check.points for check in checks),
            max_score=sum(check.max_points for check in checks),
            checks=checks,
            diagnoses=diagnoses,
            roles=roles,
            settings=self._run_settings(),
            timing=Timing(
                total_s=round(self._seconds, 4),
                student_s=round(meter.seconds, 4) if meter else 0.0,
                calls=meter.calls if meter else 0,
            ),
            functions=functions(self._prepared),
            notes=(
                *self._notes,
                *taken(self._prepared),
                *self._found_notes(),
                *self._reach(),
            ),
            output=meter.output if meter else "",
            worked=worked,
            wiring=wiring,
            error=self._error(checks),
        )

    def _run(self, name: str) -> _Ended:
        if name not in self._ended:
            needed = {need: self._run(need) for need in self._checks[name].needs}
            ours = [ended for ended in needed.values() if isinstance(ended, _GraderFailed)]
            failed = tuple(n for n, ended in needed.items() if not isinstance(ended, Passed))
            self._ended[name] = (
                ours[0] if ours else Blocked(failed) if failed else self._attempt(name)
            )
        return self._ended[name]

    def _attempt(self, name: str) -> _Ended:
        """Run a check; what the student's code does is a failure, what ours does an error."""
        if self._traces is None:
            assert self._unreadable is not None
            return unreadable(self._unreadable, self._submission)
        try:
            return self._checks[name].run(self._traces)
        except NotInstalled as error:
            return _GraderFailed(str(error))
        except (StudentRaised, StudentLost) as error:
            if needed := self._needed_absent(error):
                return _GraderFailed(needed)
            home = HOMES[error.role]
            if home != name and not isinstance(self._run(home), Passed):
                return Blocked((home,))
            return self._failed_by(error)
        except NotMeasurable as error:
            return Failed(error.fact, (Finding(error.code, error.fact),))
        except Exception as error:
            return _GraderFailed(faults.record(error))

    def _needed_absent(self, error: StudentRaised | StudentLost) -> str:
        """Say which module that the exercise allows is missing here, "" where that is not why."""
        if isinstance(error, StudentLost) or self._traces is None:
            return ""
        why = first_failure(error.raised, error.role, self._traces) or error.raised
        return needed_absent(why.type, why.message, self._exercise)

    def _failed_by(self, error: StudentRaised | StudentLost) -> Failed:
        assert self._traces is not None
        if isinstance(error, StudentLost):
            return lost(error)
        return raised(error.raised, error.role, self._traces)

    def _result(self, name: str) -> CheckResult:
        points = float(self._exercise.points[name])
        ended = self._ended.get(name) if name in self._asked else None
        match ended:
            case None:
                return check_result(name, Status.SKIPPED, 0, points, "It was not run.")
            case Passed(note=note):
                passed = check_result(name, Status.PASS, points, points, self._said(note))
                return msgspec.structs.replace(
                    passed, observed=self._checks[name].observed, left_out=ended.left_out
                )
            case Failed():
                return CheckResult(
                    id=name,
                    status=Status.FAIL,
                    points=0,
                    max_points=points,
                    message=self._said(ended.told),
                    example=ended.example,
                    observed=ended.observed,
                    frames=tuple(map(frame_told, ended.frames)),
                )
            case Blocked(by=by):
                message = f"Not judged, because {' and '.join(by)} did not pass."
                return CheckResult(
                    id=name,
                    status=Status.BLOCKED,
                    points=0,
                    max_points=points,
                    message=message,
                    blocked_by=by,
                )
            case _GraderFailed(message=message):
                return check_result(name, Status.ERROR, 0, points, message)

    def _findings(self) -> list[Finding]:
        asked = [name for name in self._checks if name in self._asked]
        ended = [outcome for name in asked if isinstance(outcome := self._ended[name], Failed)]
        found = [one for outcome in ended for one in outcome.findings[:_MOST_FINDINGS]]
        return by_equal_values(found) if self._equals_reference() else found

    def _diagnoses(self) -> tuple[Diagnosis, ...]:
        """What is wrong; from the findings alone where experiments end the student's process."""
        findings, lang = self._findings(), self._settings.lang
        found = self._guarded(lambda: diagnose(findings, self._prepared, self._traces, lang), None)
        if found is not None:
            return found
        return self._guarded(lambda: diagnose(findings, self._prepared, None, lang), ())

    def _equals_reference(self) -> bool:
        """Whether all numbers are those of the reference with the student's weights."""
        values = [self._ended.get(name) for name in ("output-values", "new-state")]
        return all(isinstance(ended, Passed) for ended in values)

    def _worked(self) -> Worked | None:
        """The smallest example, where numbers differ and the exercise lets it be told."""
        failed = (isinstance(self._ended.get(name), Failed) for name in _NUMBERS)
        told = self._exercise.feedback == "explain" and any(failed)
        return self._example if told else None

    def _wiring(self, diagnoses: tuple[Diagnosis, ...]) -> Unrolled | None:
        """The network as it was measured, where forward ran and the exercise lets it be told."""
        traces = self._traces
        if traces is None or not traces.has_run or self._exercise.feedback != "explain":
            return None
        layer = diagnoses[0].layer if diagnoses else None
        return unroll(traces, layer, right=self._equals_reference())

    @cached_property
    def _example(self) -> Worked | None:
        """The smallest example, found once: it costs calls."""
        traces = self._traces
        assert traces is not None
        return self._guarded(lambda: work(traces), None)

    def _said(self, told: Fact | str) -> str:
        """A sentence in the reader's language; what hooks say is told as it is."""
        if isinstance(told, str):
            return told
        return sentence(told.said(translator(self._settings.lang)))

    def _guarded(self, part: Callable[[], T], instead: T) -> T:
        """Make a part of the report; without it the rest is told."""
        try:
            return part()
        except (StudentLost, StudentRaised, NotMeasurable):
            return instead
        except Exception as error:
            told = faults.record(error)
            self._own_faults += [told] if told not in self._own_faults else []
            return instead

    def _error(self, checks: tuple[CheckResult, ...]) -> str | None:
        """What is said of the first of the grader's own faults."""
        failed = [one.message for one in checks if one.status is Status.ERROR]
        return next(iter([*failed, *self._own_faults]), None)

    def _found_notes(self) -> list[str]:
        passed = (one for one in self._ended.values() if isinstance(one, Passed))
        told = [self._said(one.note) for one in passed if one.note]
        traces = self._traces
        if traces is None or not traces.has_run:
            return told
        failures = Failures(traces.prepared, traces.loaded.failures)
        return [*told, *plain_notes(traces.student.plainly), *failures.notes()]

    def _reach(self) -> list[str]:
        """What the cases reach, where they were run at all."""
        if self._traces is None or not self._traces.has_run:
            return []
        drawn = describe(self._cases, self._traces.depth_range.fixed)
        return [self._said(drawn), self._said(describe_further(self._traces.further))]

    def _roles(self) -> tuple[RoleFound, ...]:
        traces, none = self._traces, tuple[RoleFound, ...]()
        translate = translator(self._settings.lang)
        return (
            none if traces is None else self._guarded(lambda: roles_found(traces, translate), none)
        )

    def _run_settings(self) -> RunSettings:
        versions = {name: version(name) for name in _VERSIONS}
        protections = self._protections()
        return RunSettings(
            profile=self._settings.profile,
            seed=self._settings.seed,
            devices=self._settings.devices,
            isolation=isolation(self._settings.isolation, protections),
            cases=len(self._cases),
            versions={**versions, "python": platform.python_version()},
            protections=protections,
        )

    def _protections(self) -> tuple[Protection, ...]:
        """What the worker was kept from and held to; nothing where none was started."""
        if self._traces is None:
            return ()
        told = self._traces.student.protections
        return tuple(Protection(name=one.name, hindrance=one.hindrance) for one in told)


def _checks(exercise: Exercise, added: Added) -> dict[str, Check]:
    """All checks that there are; raises BadHooks where the exercise wants others."""
    try:
        found = with_added(added.checks)
    except ValueError as error:
        raise BadHooks(f"exercise {exercise.name}: {error}") from None
    for name in exercise.points:
        if name not in found:
            known = ", ".join(found)
            raise BadHooks(
                f"exercise {exercise.name}: key points.{name}: no such check; there are {known}"
            )
    return found
