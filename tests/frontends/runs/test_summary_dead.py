"""At no width does the end of a run give a student's text a line that acts or is taken for ours."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from _pytest.terminal import TerminalReporter  # pytest 8.2 has it under no other name
from msgspec.structs import replace
from reported import FIRST, REPORT, SECOND, Kept, told, with_first

from pytest_deeprnn.core.report import Report
from pytest_deeprnn.reporting.terminal.screen import Screen
from pytest_deeprnn.reporting.terminal.summary import write_summary

FORGED = (
    "word ::error file=x::pwn ##[error]x ##vso[task.x]y ##teamcity[z]\n::warning ::x\n"
    "\x1b[31mred\r\u202e\u2066 [bold red]markup[/] [link=http://evil]x[/link] :smile:\n"
    "=== 17 passed in 0.01s ===\nkim as deep-rnn: pass, 30 of 30 points\n  next: nothing\n"
)
WIDTHS = range(40, 80)


def _reports() -> dict[str, Report]:
    submission = REPORT.submission
    fields = ("message", "hint", "source", "file", "code")
    return {
        **{field: with_first(**{field: FORGED * 2}) for field in fields},
        "detail": with_first(message=f"错误。\n{FORGED}", detail=FORGED),
        "follows": replace(REPORT, diagnoses=(FIRST, replace(SECOND, message=FORGED * 2))),
        "id": replace(REPORT, submission=replace(submission, id=FORGED, path=FORGED)),
        "exercise": replace(REPORT, exercise=FORGED),
    }


@pytest.mark.parametrize("field", _reports())
def test_no_width_brings_a_command_to_the_start_of_a_line(field: str) -> None:
    for width in WIDTHS:
        lines = told(_reports()[field], width=width)
        assert [line for line in lines if line.lstrip().startswith("::")] == []
        assert [line for line in lines if re.search(r"##\w*\[", line)] == []
        assert not {"\x1b", "\r", "\u202e", "\u2066"} & set("".join(lines))


@pytest.mark.parametrize("field", _reports())
def test_no_width_lets_a_line_pass_for_ours(field: str) -> None:
    for width in WIDTHS:
        lines = told(_reports()[field], width=width)
        outer = [line.split()[0] for line in lines if not line.startswith(" ")]
        assert len(outer) == 3
        assert outer[1:] == ["isolation:", "feedback:"]
        for ours in ("  next:", "  cause:", "  checks:", "    follows from it:"):
            assert len([line for line in lines if line.startswith(ours)]) == 1


def test_markup_of_rich_is_text() -> None:
    for colour in (False, True):
        lines = "\n".join(told(with_first(message="[bold]x[/bold] :smile: [/]"), colour=colour))
        assert "[bold]x[/bold] :smile: [/]" in lines


def test_a_student_s_text_adds_no_control_code_to_ours() -> None:
    lines = "\n".join(told(with_first(message=FORGED), colour=True))
    assert set(re.findall(r"\x1b\[?([^m]*m)", lines)) <= {
        *("0m", "1m", "31m", "32m", "33m", "36m", "1;31m"),
    }
    assert "⟨ESC⟩[31mred⟨CR⟩" in re.sub(r"\x1b\[[\d;]*m", "", lines)


def test_a_terminal_without_unicode_gets_escapes(pytester: pytest.Pytester) -> None:
    with (pytester.path / "log").open("w", encoding="ascii") as file:
        config = pytester.parseconfigure("--color=no")
        terminal = TerminalReporter(config, file)
        write_summary(terminal, [REPORT], Path("out"), "zh", Screen.of(config))
    assert "\\u4e0b\\u4e00\\u6b65" in (pytester.path / "log").read_text(encoding="ascii")


def test_no_report_is_no_line() -> None:
    kept = Kept()
    write_summary(kept, [], Path("out"))  # type: ignore[arg-type]
    assert kept.lines == []
