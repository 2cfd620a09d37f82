"""The student's own lines of a traceback."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from pytest_deeprnn.core.report import CheckResult, FrameTold, Report

if TYPE_CHECKING:
    from tests.reporting.html_page.conftest import Show

SOURCE = "def forward(X):\n    return step(X)\n\ndef step(X):\n    return X @ W\n"
FRAMES = (
    FrameTold(file="kim_lena.py", line=2, function="forward"),
    FrameTold(file="kim_lena.py", line=5, function="step"),
)


def with_frames(failing: Report, *frames: FrameTold) -> Report:
    failed: CheckResult = replace(failing.checks[1], frames=frames)
    return replace(failing, checks=(failed, replace(failed, id="new-state")))


def test_each_line_is_told_once_with_its_text(show: Show, failing: Report) -> None:
    page = show(with_frames(failing, *FRAMES), {"kim_lena.py": SOURCE})
    (trail,) = page.all("ol")
    assert " ".join(trail.split()) == (
        "kim_lena.py, line 2, in forward return step(X) kim_lena.py, line 5, in step return X @ W"
    )
    assert "Where your code raised output-values, new-state" in page.text


def test_it_is_folded(show: Show, failing: Report) -> None:
    page = show(with_frames(failing, *FRAMES), {"kim_lena.py": SOURCE})
    assert any("return X @ W" in folded for folded in page.all("details"))


def test_a_line_whose_text_is_not_known_is_named(show: Show, failing: Report) -> None:
    frames = (FRAMES[0], FrameTold(file="net.ipynb", cell=3, line=99, function="<module>"))
    page = show(with_frames(failing, *frames), {"net.ipynb#3": "x"})
    (trail,) = page.all("ol")
    assert " ".join(trail.split()) == (
        "kim_lena.py, line 2, in forward net.ipynb, cell 3, line 99, in <module>"
    )


def test_without_frames_there_is_no_trail(show: Show, failing: Report) -> None:
    assert "Where your code raised" not in show(failing).text
