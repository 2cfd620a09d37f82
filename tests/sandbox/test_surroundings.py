"""What stands around the code that is run: its own arguments and streams, and none of ours."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable

import pytest

from pytest_deeprnn.sandbox.host.capture import Captured
from pytest_deeprnn.sandbox.host.host import Host
from pytest_deeprnn.sandbox.host.surroundings import Surroundings
from pytest_deeprnn.sandbox.protocol.messages import Invocation, Loaded, Made, Make

LoadText = Callable[..., Loaded]
ASKED = """
import sys, torch
BEFORE = list(sys.argv)
ADDED
def get():
    return [torch.zeros(1)] if CONDITION else []
"""


def holds(host: Host, load: LoadText, condition: str, added: str = "") -> bool:
    """Whether a condition holds in a function of a file, after a statement at its top."""
    load(ASKED.replace("CONDITION", condition).replace("ADDED", added))
    made = host.answer(Make(handle="h", invocation=Invocation(function="get", args=(), kwargs={})))
    assert isinstance(made, Made)
    return bool(made.leaves)


@pytest.mark.parametrize(
    "condition",
    [
        "sys.argv == ['student.py'] == BEFORE",
        "sys.orig_argv == ['python', 'student.py']",
        "__import__('argparse').ArgumentParser().parse_args() is not None",
    ],
)
def test_the_arguments_are_the_files_name_alone(host: Host, load: LoadText, condition: str) -> None:
    before = list(sys.argv), list(sys.orig_argv)
    assert holds(host, load, condition)
    assert (sys.argv, sys.orig_argv) == before


def test_what_a_file_changes_holds_for_its_calls_alone(host: Host, load: LoadText) -> None:
    before = sys.argv
    assert holds(host, load, "sys.argv == ['', '--fast']", "sys.argv = ['', '--fast']")
    assert sys.argv is before


def test_a_notebook_has_its_own_name() -> None:
    around = Surroundings()
    around.start("Übung 3.ipynb[12]")
    with around.held():
        assert sys.argv == ["Übung 3.ipynb"]


def test_a_wrapped_stream_is_the_submissions_alone(
    host: Host, load: LoadText, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = io.StringIO()
    monkeypatch.setattr(sys, "stdout", ours)
    wrapping = "import io; sys.stdout = io.TextIOWrapper(sys.stdout.buffer, 'utf-8')"
    assert holds(host, load, "isinstance(sys.stdout, __import__('io').TextIOWrapper)", wrapping)
    assert sys.stdout is ours
    assert not ours.closed


def test_one_more_file_starts_anew(host: Host, load: LoadText) -> None:
    assert holds(host, load, "True", "sys.argv = ['other']")
    assert holds(host, load, "sys.argv == ['student.py']")


def test_a_captured_stream_is_like_any_that_is_no_terminal() -> None:
    stream = Captured()
    stream.reconfigure(encoding="gbk", line_buffering=True)
    assert not stream.isatty()
    assert "né".encode(stream.encoding) == "né".encode()
    assert stream.buffer.write(b"\xff\xfe caf\xc3\xa9 ") == 9
    stream.buffer.flush()
    stream.close()
    print("after", file=stream)
    assert stream.take() == "\\xff\\xfe café after\n"
