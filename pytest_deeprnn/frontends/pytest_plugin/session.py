"""What a run with submissions does: hooks that only delegate to the session's object."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pytest_deeprnn.core import faults
from pytest_deeprnn.core.exercise import Exercise
from pytest_deeprnn.core.report import Report, Status
from pytest_deeprnn.core.sanitize import block, line
from pytest_deeprnn.core.settings import Settings
from pytest_deeprnn.frontends.pytest_plugin import options
from pytest_deeprnn.frontends.pytest_plugin.collection import CheckItem, SubmissionNode
from pytest_deeprnn.frontends.pytest_plugin.options import Options
from pytest_deeprnn.frontends.pytest_plugin.strict import Strict
from pytest_deeprnn.grading.extensions import outputs
from pytest_deeprnn.grading.protocol import Grader
from pytest_deeprnn.reporting.files import names, remove_old, write_json, write_page
from pytest_deeprnn.reporting.formats import writer
from pytest_deeprnn.reporting.formats.output import Result
from pytest_deeprnn.submission.discover import Submission
from pytest_deeprnn.submission.not_installed import announcement

GRADER_FAILED = 3  # exit code where the grader itself failed on a submission
_ATTRIBUTE = "deeprnn"
_FAULTS = "deeprnn-faults"
_TEARING = ("load", "worksteal", "loadgroup")  # of xdist: they tear a submission apart


def register(config: pytest.Config) -> None:
    """Read the options and take part in the run."""
    chosen = _read(config)
    if config.args_source is not pytest.Config.ArgsSource.ARGS:
        config.args = []  # nothing but the submissions is collected
    if getattr(config.option, "dist", "no") in _TEARING:
        config.option.dist = "loadscope"  # all checks of a submission in one xdist worker
    config.pluginmanager.register(DeepRNNSession(config, chosen), "deeprnn-session")
    if chosen.strict:
        config.pluginmanager.register(Strict(config, chosen), "deeprnn-strict")


class DeepRNNSession:
    """Opens the grader, collects submissions, gathers reports and writes them."""

    def __init__(self, config: pytest.Config, chosen: Options) -> None:
        self._config = config
        self._options = chosen
        self._grader: Grader | None = None
        self._reports: dict[str, Report] = {}
        self._is_xdist_worker = hasattr(config, "workerinput")
        self._is_xdist_controller = _spreads(config) and not self._is_xdist_worker
        self._collected: list[CheckItem] = []
        self._faults: tuple[str, ...] = ()
        self._selected = _take_node_ids(config, chosen)

    @property
    def submissions(self) -> tuple[Submission, ...]:
        """All submissions of the run."""
        return self._options.submissions

    @property
    def exercise(self) -> Exercise | None:
        """The exercise that was named."""
        return self._options.exercise

    @property
    def settings(self) -> Settings:
        """What grades depend on beside submission and exercise."""
        return self._options.settings

    def pytest_report_header(self) -> list[str]:
        """Say what the run does, with what protection, and what is missing for it."""
        settings = self._options.settings
        count = len(self._options.submissions)
        practice = " (practice: no grade that counts)" if settings.isolation == "none" else ""
        told = (
            f"deeprnn: {count} submission{'s' if count != 1 else ''}, "
            f"profile {settings.profile}, seed {settings.seed}, "
            f"isolation {settings.isolation}{practice}"
        )
        missing = announcement(self._options.exercise, self._options.submissions)
        return [told, line(f"deeprnn: {missing}")] if missing else [told]

    def pytest_sessionstart(self, session: pytest.Session) -> None:
        """Start the grader early: it imports torch while pytest goes on."""
        if not self._is_xdist_worker:
            remove_old(self._options.report, [one.id for one in self._options.submissions])
        if not self._is_xdist_controller:
            self._grader = _grader(self._config, self._options)

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(
        self, collector: pytest.Collector
    ) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
        """Put the submissions under the session."""
        report = yield
        if isinstance(collector, pytest.Session) and self._grader is not None:
            report.result = [
                *(report.result or []),
                *(
                    SubmissionNode.make(collector, one, self._options.exercise, self._grader)
                    for one in self._options.submissions
                ),
            ]
        return report

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Keep the checks that the command line names, and remember all for their reports."""
        self._collected = [item for item in items if isinstance(item, CheckItem)]
        if self._selected:
            left = [item for item in self._collected if not _is_named(item, self._selected)]
            if len(left) == len(self._collected):
                raise pytest.UsageError(f"{self._selected[0]}: no submission has this check")
            items[:] = [item for item in items if item not in left]
            self._config.hook.pytest_deselected(items=left)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Attach plain data, which xdist can send, to the report of each check."""
        report = yield
        if isinstance(item, CheckItem) and call.when == "call":
            status = Status.ERROR if item.result is None else item.result.status
            snapshot = msgspec.to_builtins(item.snapshot())
            setattr(report, _ATTRIBUTE, {"status": str(status), "report": snapshot})
        return report

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep the newest report of each submission."""
        data = getattr(report, _ATTRIBUTE, None)
        if data:
            found = msgspec.convert(data["report"], Report)
            self._reports[f"{found.submission.id}::{found.exercise}"] = found

    def pytest_report_teststatus(
        self, report: pytest.CollectReport | pytest.TestReport
    ) -> tuple[str, str, str] | None:
        """Tell blocked checks and the grader's own errors from failures."""
        status = (getattr(report, _ATTRIBUTE, None) or {}).get("status")
        if status == Status.BLOCKED:
            return "blocked", "b", "BLOCKED"
        if status == Status.ERROR:
            return "error", "E", "ERROR"
        return None

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take over what an xdist worker has of submissions that were never run."""
        faults.keep(getattr(node, "workeroutput", {}).get(_FAULTS, ()))
        for data in getattr(node, "workeroutput", {}).get(_ATTRIBUTE, ()):
            found = msgspec.convert(data, Report)
            self._reports.setdefault(f"{found.submission.id}::{found.exercise}", found)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Write all reports; the exit code tells when the grader failed."""
        if self._grader is not None:
            self._report_what_never_ran()
            self._grader.close()
        if self._is_xdist_worker:
            sent = [msgspec.to_builtins(report) for report in self._reports.values()]
            self._config.workeroutput[_ATTRIBUTE] = sent  # type: ignore[attr-defined]  # xdist's
            self._config.workeroutput[_FAULTS] = faults.take()  # type: ignore[attr-defined]  # as above
            return
        self._faults = faults.take()
        faults.write(self._options.report, self._faults)
        named = names(self._reports.values())
        for name, report in named.items():
            write_json(name, report, self._options.report)
        for name, report in named.items():
            lang = self._options.settings.lang
            write_page(name, report, self._options.report, self._submission_of(report), lang)
        if len(named) > 1:
            self._write_overview(named)
        if any(report.verdict == "error" for report in self._reports.values()):
            session.exitstatus = GRADER_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say score, what is wrong first, and where the page lies."""
        from pytest_deeprnn.reporting.terminal.screen import (
            Screen,  # rich: not before the grader has started
        )
        from pytest_deeprnn.reporting.terminal.summary import write_summary

        reports, screen = list(self._reports.values()), Screen.of(self._config)
        lang = self._options.settings.lang
        write_summary(terminalreporter, reports, self._options.report, lang, screen)
        for told in self._outputs(reports):
            terminalreporter.write_line(told)
        if self._options.debug:
            for traceback in self._faults:
                terminalreporter.section("the grader's own fault")
                terminalreporter.write_line(block(traceback))

    def _outputs(self, reports: list[Report]) -> Iterable[str]:
        """Write the reports in further forms; what is to be said of it."""
        chosen = self._options
        if not chosen.outputs or not reports:
            return ()
        results = [Result(one, Path(self._submission_of(one).path)) for one in reports]
        there = outputs.known(
            {one.output for one in chosen.outputs}, chosen.exercise.hooks if chosen.exercise else ""
        )
        return writer.write(chosen.outputs, there, results, chosen.settings.lang)

    def _write_overview(self, named: dict[str, Report]) -> None:
        """The class page and grades.csv, where there are several reports."""
        from pytest_deeprnn.instructor.gradebook import (
            class_files,  # a single submission does without
        )
        from pytest_deeprnn.instructor.gradebook.entry import Entry, Row

        entries = {one.id: Entry(submission=one) for one in self._options.submissions}
        rows = [Row.of(entries[one.submission.id], name, one) for name, one in named.items()]
        title = ", ".join(dict.fromkeys(row.exercise for row in rows))
        settings = self._options.settings
        class_files.write(self._options.report, lambda: rows, title, settings.lang)

    def _report_what_never_ran(self) -> None:
        """--co, -k and -x may leave a submission without any check: its report says incomplete."""
        for item in self._collected:
            if item.parent.key not in self._reports:
                self._reports[item.parent.key] = item.snapshot()

    def _submission_of(self, report: Report) -> Submission:
        return next(one for one in self._options.submissions if one.id == report.submission.id)


def _read(config: pytest.Config) -> Options:
    """Read the options; an error may quote a file's name, which a learner chose."""
    try:
        return options.read(config)
    except pytest.UsageError as error:
        raise pytest.UsageError(line(str(error))) from None


def _spreads(config: pytest.Config) -> bool:
    """Whether xdist runs the checks in other processes."""
    spread = getattr(config.option, "dist", "no") != "no" and bool(config.option.tx)
    return spread and not config.option.collectonly


def _take_node_ids(config: pytest.Config, chosen: Options) -> list[str]:
    """Take the node ids of submissions out of the arguments: they are no files to collect."""
    names = {one.name for one in chosen.submissions}
    taken = [arg for arg in config.args if "::" in arg and arg.split("::")[0] in names]
    config.args = [arg for arg in config.args if arg not in taken]
    return taken


def _is_named(item: CheckItem, node_ids: list[str]) -> bool:
    return any(item.nodeid == one or item.nodeid.startswith(f"{one}::") for one in node_ids)


def _grader(config: pytest.Config, chosen: Options) -> Grader:
    if chosen.settings.isolation == "none":
        from pytest_deeprnn.grading.grader import (
            DirectGrader,  # imports torch here, as was asked for
        )
        from pytest_deeprnn.sandbox.in_process import LocalSpawner

        return DirectGrader(chosen.settings, LocalSpawner())
    from pytest_deeprnn.grading.client import RemoteGrader

    return RemoteGrader(chosen.settings)
