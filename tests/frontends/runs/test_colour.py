"""The end of a run has colours exactly where pytest has them."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
from commands import Deeprnn
from reported import REPORT, told
from rich.text import Text

from pytest_deeprnn.reporting.terminal.screen import Row, Screen

_COLOUR = re.compile(r"\x1b\[[\d;]*m")


def test_the_text_is_the_same_with_and_without() -> None:
    coloured = told(REPORT, colour=True)
    assert "kim as deep-rnn: \x1b[1;31mfail\x1b[0m, 7.5 of 30 points, shared-state" in coloured
    assert [_COLOUR.sub("", line) for line in coloured] == told(REPORT)


@pytest.mark.parametrize(
    ("option", "variables", "has_colour"),
    [
        ("--color=yes", {}, True),
        ("--color=yes", {"NO_COLOR": "1", "TERM": "dumb"}, True),
        ("--color=no", {"FORCE_COLOR": "1"}, False),
        ("--color=auto", {}, False),
        ("--color=auto", {"FORCE_COLOR": "1"}, True),
        ("--color=auto", {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ],
)
def test_pytest_decides(
    pytester: pytest.Pytester,
    monkeypatch: pytest.MonkeyPatch,
    option: str,
    variables: dict[str, str],
    has_colour: bool,
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "PY_COLORS"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("COLUMNS", "50")
    screen = Screen.of(pytester.parseconfigure(option))
    (first, *others) = screen.lines(Row(Text("word " * 12, style="red")))
    assert ("\x1b" in first) == has_colour
    assert _COLOUR.sub("", first) == "word word word word word word word word word"
    assert len(others) == 1


def test_a_pipe_gets_no_control_codes(deeprnn: Deeprnn) -> None:
    ended = deeprnn.grade("forward_alone.py", exercise="rnn")
    assert "  next: " in ended.out
    assert "\x1b" not in ended.text


def test_a_terminal_gets_colours_and_no_other_codes(deeprnn: Deeprnn) -> None:
    deeprnn.file("forward_alone.py")
    words = ("submission=forward_alone.py", "exercise=rnn", "profile=quick")
    printed = _in_a_terminal(*(f"--deeprnn-{word}" for word in words))
    assert "forward_alone as rnn: \x1b[1;31mfail\x1b[0m" in printed
    assert "\x1b" not in _COLOUR.sub("", printed)


def _in_a_terminal(*options: str) -> str:
    """Run pytest with a pseudo-terminal for its output."""
    ours, theirs = os.openpty()
    kept = {
        key: value for key, value in os.environ.items() if not key.endswith(("COLOR", "COLORS"))
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "pytest", "-p", "no:randomly", *options],
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
        env={**kept, "TERM": "xterm"},
    )
    os.close(theirs)
    printed = b"".join(iter(lambda: _some(ours), b""))
    os.close(ours)
    process.wait(60)
    return printed.decode()


def _some(terminal: int) -> bytes:
    """What is there to read; Linux tells the end of a terminal by an error."""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""
