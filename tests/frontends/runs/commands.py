"""The command as the tests give it, and what a run leaves behind."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from pytest_deeprnn.core.report import Report, from_json

SUBMISSIONS = Path(__file__).parent / "submissions"
CHECKS = (
    "loads",
    "contract",
    "from-scratch",
    "parameters",
    "initialisation",
    "initial-state",
    "output-shape",
    "output-values",
    "new-state",
    "every-layer-used",
    "own-state",
    "carries-state",
    "causal",
    "batch-independent",
    "pure",
    "gradients",
    "devices",
)
_SECONDS = 60
#: Few cases, and checks in their order: pytest-randomly is installed, to be tried by itself.
_OPTIONS = ("-p", "no:randomly", "--deeprnn-profile=quick")
_UNISOLATED = "--deeprnn-isolation=none"


@dataclass(frozen=True)
class Ended:
    """Exit code, what was printed, and the reports."""

    code: int
    out: str
    err: str
    folder: Path

    @property
    def text(self) -> str:
        return f"{self.out}\n{self.err}"

    @property
    def files(self) -> set[str]:
        return {path.name for path in self.folder.iterdir()} if self.folder.is_dir() else set()

    def report(self, name: str) -> Report:
        """The report of a submission, which its decoder checks; there has to be a page beside."""
        page = (self.folder / f"{name}.html").read_text(encoding="utf-8")
        if not page.startswith("<!doctype html>"):
            raise ValueError(f"{name}.html is no page")
        return from_json((self.folder / f"{name}.json").read_bytes())


class Deeprnn:
    """Gives the command in a folder of its own."""

    def __init__(self, pytester: pytest.Pytester, in_process: bool = False) -> None:
        self._pytester = pytester
        self._in_process = in_process
        self.folder = pytester.path

    def file(self, name: str, text: str | None = None) -> Path:
        """A file with this text, or one of the submissions under its own name."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if text is None:
            shutil.copy(SUBMISSIONS / path.name, path)
        else:
            path.write_text(text, encoding="utf-8")
        return path

    def files(self, texts: dict[str, str]) -> None:
        for name, text in texts.items():
            self.file(name, text)

    def run(self, *args: str, report: str = "deeprnn-report") -> Ended:
        """Run pytest with these arguments; it has to end within a minute."""
        if self._in_process:
            result = self._pytester.runpytest_inprocess(*_OPTIONS, _UNISOLATED, *args)
        else:
            result = self._pytester.runpytest_subprocess(*_OPTIONS, *args, timeout=_SECONDS)
        return self._ended(result, report)

    def grade(self, *args: str, exercise: str = "deep-rnn") -> Ended:
        """Run with options only; each argument without a dash is a submission, here or copied."""
        given = []
        for arg in args:
            is_name = not arg.startswith("-") and (arg.endswith(".py") or arg == "class")
            if is_name and arg.endswith(".py") and not (self.folder / arg).exists():
                self.file(arg)
            given.append(f"--deeprnn-submission={arg}" if is_name else arg)
        return self.run("-p", "no:cacheprovider", f"--deeprnn-exercise={exercise}", *given)

    def talk(self, said: str, *args: str) -> Ended:
        """Run with standard input."""
        command = (sys.executable, "-m", "pytest", *_OPTIONS, *args)
        result = self._pytester.run(*command, stdin=said.encode(), timeout=_SECONDS)
        return self._ended(result, "deeprnn-report")

    def _ended(self, result: pytest.RunResult, report: str) -> Ended:
        out, err = "\n".join(result.outlines), "\n".join(result.errlines)
        return Ended(int(result.ret), out, err, self.folder / report)


def text_of(name: str) -> str:
    """A submission's text."""
    return (SUBMISSIONS / name).read_text(encoding="utf-8")


def with_forward(body: str) -> str:
    """The right two layers, with another forward after its own."""
    return f"{text_of('deep_rnn.py')}\n\ndef forward(inputs, state, params):\n    {body}\n"


def with_more(text: str) -> str:
    """The right two layers, with more at its end."""
    return f"{text_of('deep_rnn.py')}\n\n{text}"


def run_checks(report: Report) -> set[str]:
    """The checks that were run."""
    return {check.id for check in report.checks if check.status != "skipped"}


def codes(report: Report) -> list[str]:
    return [diagnosis.code for diagnosis in report.diagnoses]
