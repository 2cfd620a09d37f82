"""The lines at the end of a run cannot be forged, and no report takes another one's file."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from msgspec.structs import replace

from pytest_deeprnn.core.report import Report
from pytest_deeprnn.reporting.files import names
from pytest_deeprnn.reporting.terminal.summary import write_summary

FORGED = "\n::error ::pwn\n=== 1 passed ===\nother as deep-rnn: pass\x1b[2J\r##[error]x"


class Terminal:
    """Takes what the summary writes."""

    def __init__(self) -> None:
        self.file = io.StringIO()

    def write_sep(self, sep: str, title: str) -> None:
        self.file.write(f"{sep} {title}\n")

    def write_line(self, text: str) -> None:
        self.file.write(f"{text}\n")


def written(report: Report) -> list[str]:
    terminal = Terminal()
    write_summary(terminal, [report], Path("folder"))  # type: ignore[arg-type]
    return terminal.file.getvalue().split("\n")


def answer(report: Report, id_: str, exercise: str) -> Report:
    return replace(report, submission=replace(report.submission, id=id_), exercise=exercise)


@pytest.mark.parametrize("field", ["message", "hint", "source"])
def test_a_diagnosis_cannot_forge_a_line(failing: Report, field: str) -> None:
    first, *others = failing.diagnoses
    shown = written(replace(failing, diagnoses=(replace(first, **{field: f"x{FORGED}"}), *others)))
    starts = [one.split(" ")[0] for one in shown if one and not one.startswith("  ")]
    assert starts == ["=", "kim_lena", "feedback:"]
    assert "⟨::⟩error" in "".join(shown)
    assert not [one for one in shown if one.lstrip().startswith("::") or "##[" in one]
    assert not {"\x1b", "\r"} & set("".join(shown))


def test_a_detail_has_a_line_of_its_own_and_forges_none(failing: Report) -> None:
    first = replace(failing.diagnoses[0], message="错误。\nx\nnext: y", detail="x\nnext: y")
    shown = written(replace(failing, diagnoses=(first,)))
    assert shown[3:6] == ["  cause: 错误。", "    x", "           next: y"]


def test_what_follows_cannot_forge_a_line(failing: Report) -> None:
    first, second = failing.diagnoses
    following = replace(second, message=f"x{FORGED}", follows_from=1)
    shown = written(replace(failing, diagnoses=(first, following)))
    assert [one for one in shown if one.startswith(("=", "::", "other"))] == ["= deeprnn"]
    assert any("other as deep-rnn: pass⟨ESC⟩[2J⟨CR⟩" in one for one in shown)


@pytest.mark.parametrize("taken", ["kim.deep-gru", "KIM.Deep-GRU"])
def test_a_file_s_name_takes_no_other_learner_s_report(failing: Report, taken: str) -> None:
    reports = [
        answer(failing, "kim", "deep-gru"),
        answer(failing, "kim", "deep-lstm"),
        answer(failing, taken, "deep-rnn"),
    ]
    named = names(reports)
    assert list(named) == ["kim.deep-gru_2", "kim.deep-lstm", taken]
    assert list(named.values()) == reports
