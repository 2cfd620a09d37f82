"""Real processes: whatever a submission does ends as failed checks and leaves nothing behind."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pytest_deeprnn.core.exercise import load
from pytest_deeprnn.core.report import Report, Status
from pytest_deeprnn.core.settings import Isolation, Settings
from pytest_deeprnn.grading.client import RemoteGrader
from pytest_deeprnn.grading.protocol import GraderFailed
from pytest_deeprnn.submission.discover import Submission, discover

SCRIPT = """
import contextlib, os, signal, subprocess, sys, torch
def get_params(vocab_size, num_hiddens, device):
    BODY
    shapes = [(vocab_size, num_hiddens), (num_hiddens, num_hiddens), (num_hiddens,),
              (num_hiddens, vocab_size), (vocab_size,)]
    return [torch.normal(0, 0.01, shape, device=device, requires_grad=True) for shape in shapes]
def init_state(batch_size, num_hiddens, device):
    return (torch.zeros(batch_size, num_hiddens, device=device),)
def rnn(inputs, state, params):
    W_x, W_h, b, W_q, b_q = params
    (H,) = state
    outputs = []
    for X in inputs:
        H = torch.tanh(X @ W_x + H @ W_h + b)
        outputs.append(H @ W_q + b_q)
    return torch.cat(outputs), (H,)
"""
TO_SOCKETS = """for fd in range(3, 64):
        with contextlib.suppress(OSError):
            os.write(fd, %r)"""


def running() -> dict[int, int]:
    """The parents of all processes that are not zombies."""
    found = {}
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError):
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
            if fields[0] not in "ZX":
                found[int(entry.name)] = int(fields[1])
    return found


def below(root: int) -> set[int]:
    """The living processes under one, at any depth."""
    parents, found, new = running(), set[int](), {root}
    while new:
        new = {pid for pid, parent in parents.items() if parent in new} - found
        found |= new
    return found


def soon(holds: Callable[[], bool], seconds: float = 5) -> bool:
    """Whether something becomes true; the kernel takes a moment to end a process."""
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.02)
    return holds()


def tagged(tag: str) -> list[int]:
    """The living processes with a word in their command line."""
    found = []
    for pid in running():
        with contextlib.suppress(OSError):
            if tag.encode() in Path(f"/proc/{pid}/cmdline").read_bytes():
                found.append(pid)
    return found


class Graders:
    """A grader, and files for it."""

    def __init__(self, folder: Path, isolation: Isolation = "auto") -> None:
        self._folder = folder
        self.grader = RemoteGrader(Settings(profile="quick", isolation=isolation))

    @property
    def zygote(self) -> int:
        return self.grader._process.pid

    def submission(self, body: str) -> Submission:
        path = self._folder / f"student{time.monotonic_ns()}.py"
        path.write_text(SCRIPT.replace("BODY", body))
        return discover([str(path)])[0]

    def grade(self, body: str, *names: str) -> Report:
        (opened,) = self.grader.open(self.submission(body), load("rnn"))
        for name in names or opened.checks:
            self.grader.check(opened.key, name)
        report = self.grader.report(opened.key)
        self.grader.release(opened.key)
        return report


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graders]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DEEPRNN_SECRET", "x")
        graders = Graders(tmp_path_factory.mktemp("students"))
        yield graders
        graders.grader.close()


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Graders]:
    graders = Graders(tmp_path)
    yield graders
    graders.grader.close()


@pytest.fixture
def unjailed(tmp_path: Path) -> Iterator[Graders]:
    graders = Graders(tmp_path, "process")
    yield graders
    graders.grader.close()


def statuses(report: Report) -> dict[str, Status]:
    return {check.id: check.status for check in report.checks}


def test_a_right_submission_passes_here(shared: Graders) -> None:
    assert shared.grade("pass").verdict == "pass"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("os._exit(0)", "exit status 0"),
        ("os._exit(3)", "exit status 3"),
        ("sys.exit(0)", "SystemExit"),
        ("raise BaseException('mine')", "BaseException: mine"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("os.kill(os.getpid(), signal.SIGKILL)", "signal 9"),
        ("os.kill(os.getpid(), signal.SIGSEGV)", "signal 11"),
        ("os.closerange(0, 64)", "ended the process"),
        ("torch.zeros(1 << 40)", "RuntimeError"),
        (TO_SOCKETS % b"garbage", "none"),
        (TO_SOCKETS % b"\0\0\0\1\xc0", "none"),
        (TO_SOCKETS % b"\0\0\0\x13\x82\xacmessage_type\xa3\xff\xff\xff\xa0", "none"),
    ],
    ids=range(12),
)
def test_misbehaviour_fails_the_check_and_ends_no_grader(
    shared: Graders, body: str, told: str
) -> None:
    report = shared.grade(body)
    found = statuses(report)
    message = next(check.message for check in report.checks if check.id == "parameters")
    assert told in message
    assert (found["parameters"], report.verdict) == (Status.FAIL, "fail")
    assert found["output-values"] == found["gradients"] == Status.BLOCKED
    assert soon(lambda: len(below(shared.zygote)) == 1)  # the evaluator


def test_an_exit_while_loading_fails_the_loading(shared: Graders) -> None:
    report = shared.grade("return SIZE\nSIZE = os._exit(0)\ndef nothing():\n    pass")
    assert statuses(report)["loads"] == Status.FAIL
    assert {check.status for check in report.checks[1:]} == {Status.BLOCKED}


def test_what_is_printed_stands_in_the_report_and_is_cut(shared: Graders) -> None:
    output = shared.grade("print('hello' * 10_000)").output
    assert output.startswith("hellohello")
    assert len(output) <= 20_000


def test_the_environment_of_the_course_is_not_handed_on(shared: Graders) -> None:
    output = shared.grade("print(sorted(os.environ))", "parameters").output
    assert "TMPDIR" in output
    assert "DEEPRNN_SECRET" not in output
    assert "PATH" not in output


def test_a_hanging_call_is_ended(shared: Graders) -> None:
    body = "while True:\n        with contextlib.suppress(BaseException):\n            os.getpid()"
    (opened,) = shared.grader.open(shared.submission(body), load("rnn"))
    result = shared.grader.check(opened.key, "parameters")
    assert result.status == Status.FAIL
    assert "did not end: no answer within 10 s" in result.message
    assert soon(lambda: len(below(shared.zygote)) == 1)
    shared.grader.release(opened.key)


@pytest.mark.parametrize(
    "new_session",
    [
        False,
        True,
    ],
)
def test_processes_of_the_submission_end_with_it(unjailed: Graders, new_session: bool) -> None:
    tag = f"deeprnn-{os.getpid()}-{time.monotonic_ns()}"
    sleep = f"[{sys.executable!r}, '-c', 'import time; time.sleep(40)', {tag!r}]"
    body = f"subprocess.Popen({sleep}, start_new_session={new_session})"
    (opened,) = unjailed.grader.open(unjailed.submission(body), load("rnn"))
    unjailed.grader.check(opened.key, "parameters")
    try:
        assert soon(lambda: tagged(tag) != [])
        unjailed.grader.release(opened.key)
        assert soon(lambda: tagged(tag) == [], 1)
    finally:
        for pid in tagged(tag):
            os.kill(pid, signal.SIGKILL)


def test_closing_leaves_no_process(fresh: Graders) -> None:
    (opened,) = fresh.grader.open(fresh.submission("pass"), load("rnn"))
    assert fresh.grader.check(opened.key, "parameters").status == Status.PASS
    family = below(fresh.zygote) | {fresh.zygote}
    assert len(family) == 3  # zygote, evaluator, worker
    fresh.grader.close()
    assert soon(lambda: not family & set(running()))


@pytest.mark.parametrize("victim", ["zygote", "evaluator"])
def test_a_killed_grader_is_told_and_the_next_submission_is_graded(
    fresh: Graders, victim: str
) -> None:
    (opened,) = fresh.grader.open(fresh.submission("pass"), load("rnn"))
    assert soon(lambda: len(below(fresh.zygote)) == 1)
    (evaluator,) = below(fresh.zygote)
    fresh.grader.check(opened.key, "parameters")
    family = below(fresh.zygote) | {fresh.zygote}
    os.kill(fresh.zygote if victim == "zygote" else evaluator, signal.SIGKILL)
    with pytest.raises(GraderFailed, match="grader"):
        fresh.grader.check(opened.key, "output-values")
    assert soon(lambda: not family & set(running()))
    assert fresh.grade("pass").verdict == "pass"


def test_a_question_about_nothing_is_the_graders_failure(shared: Graders) -> None:
    with pytest.raises(GraderFailed, match="nobody"):
        shared.grader.check("nobody::rnn", "loads")
    assert shared.grade("pass", "loads").checks[0].status == Status.PASS
