"""What was left out of a judgement."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from pytest_deeprnn.core.report import CheckResult, Protection, Report, Status
from pytest_deeprnn.reporting.html_page.not_judged import unjudged

if TYPE_CHECKING:
    from tests.reporting.html_page.conftest import Show

TITLE = "What was not judged"


def check(name: str, status: Status, *blocked_by: str) -> CheckResult:
    return CheckResult(id=name, status=status, points=0, max_points=1, blocked_by=blocked_by)


def test_checks_are_gathered_by_what_they_wait_for(show: Show, failing: Report) -> None:
    checks = (
        check("pure", Status.BLOCKED, "loads"),
        check("gradients", Status.BLOCKED, "output-values", "pure"),
        check("causal", Status.BLOCKED, "loads"),
    )
    text = show(replace(failing, checks=checks)).text
    assert "pure, causal: first loads has to pass." in text
    assert "gradients: first output-values, pure has to pass." in text


def test_checks_that_were_not_asked_for_are_named(show: Show, failing: Report) -> None:
    assert "pure: not asked for in this run." in show(failing).text


@pytest.mark.parametrize(("count", "told"), [(1, "1 case was"), (3, "3 cases were")])
def test_cases_that_say_nothing_are_counted(
    show: Show, failing: Report, count: int, told: str
) -> None:
    passed = replace(failing.checks[0], id="new-state", left_out=count)
    assert f"new-state: {told} left out" in show(replace(failing, checks=(passed,))).text


@pytest.mark.parametrize(
    ("status", "devices", "told"),
    [
        (Status.PASS, ("cpu",), True),
        (Status.FAIL, ("cpu",), True),
        (Status.BLOCKED, ("cpu",), False),
        (Status.PASS, ("cpu", "cuda"), False),
    ],
)
def test_a_stand_in_is_told(
    failing: Report, status: Status, devices: tuple[str, ...], told: bool
) -> None:
    settings = replace(failing.settings, devices=devices)
    report = replace(failing, settings=settings, checks=(check("devices", status),))
    assert unjudged(report).stand_in == told


def test_missing_protections_are_named(show: Show, failing: Report) -> None:
    off = Protection(name="network", hindrance="the kernel is too old")
    settings = replace(failing.settings, protections=(off, Protection(name="memory", hindrance="")))
    text = show(replace(failing, settings=settings)).text
    assert "Protections that could not be had in this run: network. The reasons" in text


def test_nothing_is_said_where_all_was_judged(show: Show, failing: Report) -> None:
    assert TITLE in show(failing).text
    assert TITLE not in show(replace(failing, checks=failing.checks[:2])).text
