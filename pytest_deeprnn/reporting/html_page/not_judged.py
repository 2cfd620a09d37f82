"""What a report does not judge: checks that wait or were not asked for, cases left out."""

from __future__ import annotations

from dataclasses import dataclass

from pytest_deeprnn.core.report import CheckResult, Protection, Report, Status

_RAN = (Status.PASS, Status.FAIL)


@dataclass(frozen=True)
class Waiting:
    """Checks that wait for the same others."""

    needed: tuple[str, ...]
    checks: tuple[str, ...]


@dataclass(frozen=True)
class Unjudged:
    """All that was left out; `stand_in` says that no real accelerator was used."""

    waiting: tuple[Waiting, ...]
    skipped: tuple[str, ...]
    left_out: tuple[CheckResult, ...]
    stand_in: bool
    unprotected: tuple[Protection, ...]

    def __bool__(self) -> bool:
        """Whether there is anything to say."""
        return any((self.waiting, self.skipped, self.left_out, self.stand_in, self.unprotected))


def unjudged(report: Report) -> Unjudged:
    """Gather what was left out of a report's checks and settings."""
    checks = report.checks
    return Unjudged(
        waiting=_waiting(checks),
        skipped=tuple(check.id for check in checks if check.status is Status.SKIPPED),
        left_out=tuple(check for check in checks if check.left_out),
        stand_in=_stand_in(report),
        unprotected=tuple(one for one in report.settings.protections if one.hindrance),
    )


def _waiting(checks: tuple[CheckResult, ...]) -> tuple[Waiting, ...]:
    found: dict[tuple[str, ...], list[str]] = {}
    for check in checks:
        if check.status is Status.BLOCKED:
            found.setdefault(check.blocked_by, []).append(check.id)
    return tuple(Waiting(needed, tuple(ids)) for needed, ids in found.items())


def _stand_in(report: Report) -> bool:
    """The check of the devices runs on a stand-in wherever the cases ran on the CPU alone."""
    ran = any(check.id == "devices" and check.status in _RAN for check in report.checks)
    return ran and set(report.settings.devices) <= {"cpu"}
