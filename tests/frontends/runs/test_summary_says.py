"""The end of a run tells a submission in about ten lines, in the order of its page."""

from __future__ import annotations

import re
from typing import Any

import pytest
from msgspec.structs import replace
from reported import EXAMPLE, FIRST, PARTING, REPORT, SECOND, WORKED, check, told, with_first

from pytest_deeprnn.core import catalogue
from pytest_deeprnn.core.report import Protection, Report, Status, error_report
from pytest_deeprnn.frontends.notebook.check import Feedback

HAN = re.compile(r"[\u4e00-\u9fff]")
PASSED = replace(
    REPORT,
    verdict="pass",
    checks=(check("loads", Status.PASS), check("pure", Status.PASS)),
    diagnoses=(),
    worked=None,
)


def test_the_order_of_the_page() -> None:
    assert told(REPORT, width=200) == [
        "kim as deep-rnn: fail, 7.5 of 30 points, shared-state",
        "  next: Give each layer a state of its own.",
        "  cause: Two layers share one state. Layers 1 and 2 start from H.",
        "  > kim.py:36  H2 = state[0]",
        "    follows from it: wrong-recurrence. A layer takes another layer's state.",
        "  gap: expected 0.418302, got 0.229106 at step 3, layer 2, batch row 1, unit 4"
        " (output-values)",
        "  smallest example, V = 2, H = 1, L = 2, B = 1, T = 1:",
        "    step 1, layer 2: H should be 0.25, yours is −0.5",
        "  checks: 2 failed: own-state, output-values; 1 blocked: gradients; 1 passed",
        "isolation: sandbox",
        "feedback: out/kim.html",
    ]


def test_in_chinese() -> None:
    lines = told(REPORT, lang="zh", width=200)
    assert lines[0] == "kim（deep-rnn）：未通过，7.5 / 30 分，shared-state"
    assert lines[1] == "  下一步：Give each layer a state of its own."
    assert lines[3] == "  > kim.py:36  H2 = state[0]"
    assert lines[7] == "    第 1 个时间步，第 2 层：H 应为 0.25，你的是 −0.5"
    assert lines[8] == (
        "  检查：2 项未通过：own-state，output-values；1 项受阻：gradients；1 项通过"
    )
    assert lines[-1] == "反馈：out/kim.html"


def test_a_detail_in_another_language_has_a_line_of_its_own() -> None:
    lines = told(with_first(message="错误。\nx\nnext: y", detail="x\nnext: y"))
    assert lines[2:5] == ["  cause: 错误。", "    x", "           next: y"]


def test_nothing_left_to_do() -> None:
    assert told(PASSED) == [
        "kim as deep-rnn: pass, 7.5 of 30 points",
        "  checks: all 2 passed",
        "isolation: sandbox",
        "feedback: out/kim.html",
    ]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"verdict": "error"}, "send the page to your instructor: the grader failed, not you"),
        ({"diagnoses": ()}, "start with the check own-state"),
        (
            {"diagnoses": (), "verdict": "incomplete", "checks": PASSED.checks},
            "run all checks: leave out -k, -x and --co",
        ),
    ],
)
def test_the_next_step_where_there_is_no_hint(changes: dict[str, Any], said: str) -> None:
    assert told(replace(REPORT, **changes))[1] == f"  next: {said}"


def test_a_cell_of_a_notebook_and_a_helper_module() -> None:
    assert "  > net.ipynb, cell 3, line 36  H2 = state[0]" in told(
        with_first(file="net.ipynb", cell=3)
    )
    assert "  > cells.py:36" in told(with_first(file="cells.py", source=None))
    assert not [line for line in told(with_first(line=None)) if ">" in line]


def test_a_statement_of_several_lines_is_marked_as_a_whole() -> None:
    lines = told(with_first(source="    H = f(\n        X,\n        Y,\n    )"))
    assert lines[3:6] == [
        "  > kim.py:36  H = f(",
        "  >                X,",
        "  >                Y,",
    ]


def test_a_gap_needs_both_numbers() -> None:
    hidden = check("output-values", Status.FAIL, replace(EXAMPLE, got=None))
    assert not [line for line in told(replace(REPORT, checks=(hidden,))) if "gap" in line]


def test_one_sequence_needs_no_row() -> None:
    alone = replace(EXAMPLE, sizes={"B": 1}, layer=None, step=None)
    report = replace(REPORT, checks=(check("new-state", Status.FAIL, alone),))
    assert "  gap: expected 0.418302, got 0.229106 at unit 4 (new-state)" in told(report)


@pytest.mark.parametrize(
    ("kind", "known", "said"),
    [
        ("reads", "proof", "what it reads, H should be 0.25, yours is −0.5"),
        ("returns", "missing", "the returned H should be 0.25, yours is not returned"),
    ],
)
def test_the_smallest_example(kind: Any, known: Any, said: str) -> None:
    row = replace(WORKED.rows[0], kind=kind, known=known)
    worked = replace(WORKED, rows=(row,), first=replace(PARTING, kind=kind))
    assert f"    step 1, layer 2: {said}" in told(replace(REPORT, worked=worked))


def test_much_that_follows_is_left_to_the_page() -> None:
    more = [replace(SECOND, code=f"code-{number}") for number in range(5)]
    lines = told(replace(REPORT, diagnoses=(FIRST, *more, more[0])))
    followers = [line for line in lines if "follows from it" in line]
    assert [line.split(". ")[0] for line in followers] == [
        "    follows from it: code-0 ×2",
        "    follows from it: code-1",
    ]
    assert lines[lines.index(followers[-1]) + 1] == "    and 3 more, on the page"


def test_a_long_message_is_cut() -> None:
    lines = told(with_first(message="word " * 500))
    start = next(number for number, line in enumerate(lines) if line.startswith("  cause: "))
    assert lines[start + 3].endswith(" …")
    assert lines[start + 4].startswith("  > ")
    assert max(map(len, lines)) <= 80


def test_many_submissions_get_a_line_each() -> None:
    lines = told(*(PASSED, REPORT) * 3)
    assert len(lines) == 6 + 2
    assert lines[1] == "kim as deep-rnn: fail, 7.5 of 30 points, shared-state"
    assert lines[-2:] == ["isolation: sandbox", "feedback: out"]


def _kinds() -> list[Report]:
    """Reports that need all phrases."""
    other = replace(WORKED.rows[0], expected=((0.25, 1.0), (0.5, 1.0)), kind="returns")
    of_output = replace(WORKED, rows=(other,), first=replace(PARTING, layer=0, kind="returns"))
    read = replace(WORKED, first=replace(PARTING, kind="reads"))
    lost = replace(WORKED, rows=(replace(WORKED.rows[0], known="missing"),))
    lacking = (Protection(name="files", hindrance="no Landlock"),)
    return [
        replace(REPORT, worked=of_output),
        replace(REPORT, worked=read, feedback="hint"),
        replace(REPORT, worked=lost, feedback="verdict"),
        replace(REPORT, diagnoses=()),
        replace(REPORT, settings=replace(REPORT.settings, protections=lacking)),
        replace(REPORT, diagnoses=(FIRST, *(replace(SECOND, code=str(n)) for n in range(4)))),
        with_first(file="net.ipynb", cell=3),
        PASSED,
        replace(PASSED, verdict="incomplete", checks=(check("loads", Status.SKIPPED),)),
        error_report(REPORT.submission, "deep-rnn", "why"),
    ]


def test_all_that_is_said_is_said_in_chinese_too(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, str] = {}
    translate = catalogue.translator("zh")

    def noted(lang: str) -> catalogue.Translate:
        assert lang == "zh"
        return lambda text: asked.setdefault(text, translate(text))

    monkeypatch.setattr(catalogue, "translator", noted)
    for report in _kinds():
        told(report, lang="zh")
    repr(Feedback(REPORT, page="", lang="zh"))
    assert len(asked) > 40
    value = re.compile(r"\{\w+\}")
    for english, chinese in asked.items():
        assert sorted(value.findall(english)) == sorted(value.findall(chinese))
        words = re.search(r"[a-z]", value.sub("", english))
        assert HAN.search(chinese) or not words or "（" in chinese, english
