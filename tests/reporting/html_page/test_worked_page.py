"""The worked example on the page and in the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from msgspec.structs import replace

from pytest_deeprnn.core.report import Given, Parting, Report, Worked, WorkedRow
from pytest_deeprnn.grading.disclosure import disclose
from pytest_deeprnn.reporting.html_page.page import render
from pytest_deeprnn.reporting.html_page.worked_example import decimal, literal
from pytest_deeprnn.reporting.terminal.summary import write_summary

if TYPE_CHECKING:
    from tests.reporting.html_page.conftest import Show


def row(name: str, expected: float, got: float | None, **more: object) -> WorkedRow:
    """A row of layer 2 in step 1, of one unit."""
    return replace(
        WorkedRow(
            step=1,
            layer=2,
            name=name,
            kind="computes",
            expected=((expected,),),
            got=None if got is None else ((got,),),
            known="proof" if got is not None else "unknown",
            differs=got is not None and got != expected,
        ),
        **more,
    )


FIRST = Parting(
    step=1, layer=2, name="H̃", kind="computes", row=1, unit=1, expected=0.462117, got=-0.761594
)
WORKED = Worked(
    sizes={"V": 2, "H": 1, "L": 2, "B": 1, "T": 1},
    cells=("gru", "gru"),
    tokens=((2,),),
    weights=(
        Given(layer=2, name="W_xr", yours=None, values=((0.0,),)),
        Given(layer=2, name="b_r", yours="params['b_r']", values=((-0.5,),)),
        Given(layer=0, name="W_hq", yours="params[18]", values=((1.0, -0.5),)),
    ),
    state=(Given(layer=2, name="H_{t-1}", yours="state[1]", values=((-1.0,),)),),
    rows=(
        row("H_{t-1}", -1.0, -1.0, kind="reads"),
        row("R", 0.5, None, known="unused", equation="σ(X·W_xr + H_{t-1}·W_hr + b_r)"),
        row(
            "H̃",
            0.462117,
            -0.761594,
            equation="tanh(X·W_xh + (R ⊙ H_{t-1})·W_hh + b_h)",
            numbers="tanh(1 + (0.5·(−1))·0.5)",
            your_equation="tanh(X·W_xh + H_{t-1}·W_hh + b_h)",
            your_numbers="tanh(1 + (−1)·0.5)",
        ),
        row("H", 0.25, 0.5, known="returned"),
    ),
    first=FIRST,
)
SEEN = replace(
    WORKED,
    rows=(
        row("H", 0.25, 0.25, known="returned"),
        row("X", 0.25, None, kind="reads"),
        row("H", 0.25, 0.5, known="returned", step=2),
    ),
    tokens=((2,), (1,)),
    first=replace(FIRST, step=2, name="H", expected=0.25, got=0.5),
)


@pytest.fixture
def report(failing: Report) -> Report:
    return replace(failing, worked=WORKED)


def test_the_first_place_stands_above_the_table(show: Show, report: Report) -> None:
    page = show(report)
    assert "Here your network first leaves the equations: step 1, layer 2 H̃" in page.text
    assert "should be 0.4621 yours −0.7616" in page.text
    (first,) = (attrs for attrs in page.attributes("tr") if "first" in attrs.get("class", ""))
    assert "differs" in first["class"]


def test_each_quantity_has_its_equation_both_numbers_and_a_sign(show: Show, report: Report) -> None:
    rows = [" ".join(text.split()) for text in show(report).all("tr")]
    (told,) = (text for text in rows if text.startswith("→H̃"))
    assert "tanh(X·Wxh + (R ⊙ Ht−1)·Whh + bh)" in told
    assert "yours tanh(X·Wxh + Ht−1·Whh + bh)" in told
    assert told.endswith("tanh(1 + (−1)·0.5) 0.4621 ≠ −0.7616")
    assert any(text.startswith("R σ(") and text.endswith("0.5 not used") for text in rows)
    assert any(text.startswith("H 0.25 ≠ 0.5●") for text in rows)


def test_numbers_to_start_from_can_be_copied(show: Show, report: Report) -> None:
    page = show(report)
    rows = [" ".join(text.split()) for text in page.all("tr")]
    assert "Wxr nothing serves as it, so it is 0 here [[0]]" in rows
    assert "br params['b_r'] [-0.5]" in rows
    assert "Ht−1 state[1] [[-1]]" in rows
    assert rows.index("Whq params[18] [[1, -0.5]]") > rows.index("br params['b_r'] [-0.5]")


def test_without_a_proof_only_what_came_back_is_told(show: Show, failing: Report) -> None:
    page = show(replace(failing, worked=SEEN))
    assert "This is the first number that can be seen to differ: step 2, layer 2 H" in page.text
    assert "? cannot be seen from outside your code." in page.text
    assert "●" not in page.text
    opened = [attrs for attrs in page.attributes("details") if "open" in attrs]
    assert len(opened) == 1
    assert "Step 1, input: token 2 no difference" in page.text


def test_it_is_told_in_chinese(show_zh: Show, report: Report) -> None:
    text = show_zh(report).text
    assert "最小的例子 这个例子小到可以用计算器一步步验算。你的网络从这里开始偏离公式：" in text
    assert "第 1 个时间步，第 2 层 H̃ 应为 0.4621 你的 −0.7616" in text
    assert "没有张量起这个作用，所以这里取 0" in text
    assert "第 2 层 的 H" not in text


def test_a_page_with_an_example_is_as_sound_as_one_without(show: Show, report: Report) -> None:
    page = show(report)
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    aims = {attrs["aria-labelledby"] for _, attrs in page.tags if "aria-labelledby" in attrs}
    assert len(ids) == len(set(ids))
    assert aims <= set(ids)
    assert {attrs.get("scope") for attrs in page.attributes("th")} == {"col", "row", "rowgroup"}


def test_a_hint_does_not_hold_it(report: Report, failing: Report) -> None:
    assert render(disclose(report, "hint"), {}) == render(disclose(failing, "hint"), {})


def test_names_of_the_student_cannot_become_markup(failing: Report) -> None:
    evil = row("H", 0.25, 0.5, equation="tanh(X·<b>x</b>)", your_equation="<i>&")
    html = render(replace(failing, worked=replace(WORKED, rows=(evil,))), {})
    assert "<b>x" not in html
    assert "<i>" not in html


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.5, "0.5"), (-1.0, "−1"), (-0.00001, "0"), (0.46211716, "0.4621"), (None, "NaN")],
)
def test_numbers_have_four_decimals_at_most(value: float | None, text: str) -> None:
    assert decimal(value) == text


def test_a_matrix_is_written_as_in_code() -> None:
    values = ((1.0, -0.5), (0.25, 0.0))
    given = Given(layer=1, name="W_xh", yours=None, values=values)
    assert literal(given) == "[[1, -0.5], [0.25, 0]]"


class Terminal:
    """What is written, line by line."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def write_sep(self, sign: str, title: str) -> None:
        pass

    def write_line(self, line: str) -> None:
        self.lines.append(line)


def test_the_terminal_says_it_in_two_lines(report: Report) -> None:
    terminal = Terminal()
    write_summary(cast("pytest.TerminalReporter", terminal), [report], Path("out"))
    start = terminal.lines.index("  smallest example, V = 2, H = 1, L = 2, B = 1, T = 1:")
    told = "    step 1, layer 2: H̃ should be 0.4621, yours is −0.7616"
    assert terminal.lines[start + 1] == told
