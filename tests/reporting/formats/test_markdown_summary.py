"""The summary in Markdown, rendered as CommonMark with GitHub's tables."""

from __future__ import annotations

import re

from making import CAUSE, ERROR, FAILED, FAULTY, PASSED, one_state, report
from markdown_it import MarkdownIt
from msgspec.structs import replace

from pytest_deeprnn.core.network_graph import Unrolled, as_it_should_be, compared
from pytest_deeprnn.core.report import Report
from pytest_deeprnn.reporting.html_page.markdown import summary
from pytest_deeprnn.reporting.html_page.network_text import sketch


def rendered(one: Report, lang: str = "en") -> str:
    html: str = MarkdownIt("commonmark").enable("table").render(summary(one, lang))
    return html


def test_score_cause_line_hint_and_checks_are_told() -> None:
    html = rendered(FAULTY)
    assert "<h3>❌ <code>a</code> · deep-gru · 7.5 / 15</h3>" in html
    assert "<code>shared-state</code> · layer 2" in html
    assert "<pre>a.py:3  H = &lt;b&gt;\n</pre>" in html
    assert "What to do: Look: 100%, at both<br>lines" in html
    assert re.search(r"<td>❌ own-state</td>\s*<td>2.5 / 5</td>", html)
    assert "follows" not in html


def test_what_a_student_wrote_is_no_markup() -> None:
    evil = "a\n\n# b\n\n[x](http://e) ![i](http://e/p.png) <img src=x> @team #1 `c` | d"
    cause = replace(CAUSE, message=evil, source=f"{evil}\n</pre><b>", hint=evil)
    html = rendered(report(FAILED, diagnoses=(cause,)))
    assert "<img" not in html
    assert "<a " not in html
    assert "<h1>" not in html
    assert "<b>" not in html
    assert html.count("</pre>") == 1


def test_the_drawing_is_told_as_text_and_in_sentences() -> None:
    html = rendered(replace(FAULTY, wiring=one_state()))
    assert "layer 2" in html
    assert "✗" in html
    assert "should not be there: Layer 2 gets H of layer 1 of the step before." in html
    assert "<li>missing: Layer 2 does not get H of layer 2 of the step before.</li>" in html


def test_a_faulty_grader_and_chinese() -> None:
    assert "The grader failed, not you" in rendered(report(PASSED, ERROR))
    assert "第 2 层" in rendered(FAULTY, "zh")


def test_a_sketch_shows_what_is_missing_where_it_belongs() -> None:
    lines = sketch(one_state()).splitlines()
    upper, lower = (next(one for one in lines if one.startswith(f"layer {n}")) for n in (2, 1))
    assert upper.split() == ["layer", "2", "H", "✗", "RNN", "──▶", "RNN", "──▶", "RNN", "──▶", "H"]
    assert lower.split()[2:5] == ["H", "──▶", "GRU"]
    assert lines[0].split() == ["O1", "O2", "O3"]
    assert lines[-1].split() == ["X1", "X2", "X3"]


def test_the_columns_of_a_sketch_stand_below_each_other() -> None:
    wanted = set(as_it_should_be(("lstm", "lstm")))
    arrows = compared(wanted, wanted, set())
    lines = sketch(Unrolled(cells=("lstm",) * 2, steps=3, proven=True, arrows=arrows)).splitlines()
    boxes = [[(one.start(), one.end()) for one in re.finditer("LSTM", line)] for line in lines]
    heads = [at for at, char in enumerate(lines[1]) if char == "▲"]
    assert boxes[2] == boxes[4]
    assert all(start <= at < end for at, (start, end) in zip(heads, boxes[2], strict=True))
    assert all("✗" not in line for line in lines)
