"""Every labelled submission is judged as its label says.

`python tests/test_labelled.py` prints which root cause each wrong one is given first.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from pytest_deeprnn.checks.registry import CHECKS
from pytest_deeprnn.exercise import load
from pytest_deeprnn.grader import DirectGrader
from pytest_deeprnn.report import Report
from pytest_deeprnn.settings import Settings
from pytest_deeprnn.submission.discover import discover
from pytest_deeprnn.worker.client import RemoteGrader
from pytest_deeprnn.worker.local import LocalSpawner
from pytest_deeprnn.worker.questions import Grader

FOLDER = Path(__file__).parent / "submissions"

#: Seen to be wrong, but with another cause first than the label's; a name leaves this list, or
#: the test fails, as soon as its cause is named.
NOT_NAMED_YET = {
    "cells/drnn_input_weight_twice.py",
    "cells/rnn_relu.py",
    "wiring/drnn_single_h.py",
}


@dataclass(frozen=True)
class Label:
    """What a labels.toml says of one file; `codes` and `check` are empty for a right one."""

    path: Path
    exercise: str
    codes: tuple[str, ...]
    check: str

    @property
    def id(self) -> str:
        return f"{self.path.parent.name}/{self.path.name}"

    @property
    def is_judged(self) -> bool:
        """Whether there is a check yet that is to find the fault."""
        return self.check in CHECKS and self.check in load(self.exercise).points


def _labels() -> Iterator[Label]:
    for file in sorted(FOLDER.glob("*/labels.toml")):
        for name, label in tomllib.loads(file.read_text(encoding="utf-8")).items():
            yield Label(
                path=file.parent / name,
                exercise=label["exercise"],
                codes=tuple(label.get("codes", ())),
                check=label.get("check", ""),
            )


LABELS = list(_labels())
RIGHT = [label for label in LABELS if not label.codes]
WRONG = [label for label in LABELS if label.codes and label.is_judged]


def _grader(label: Label) -> Grader:
    settings = Settings(profile="quick")
    if label.codes[:1] == ("timeout",):
        return RemoteGrader(settings)  # only a process of its own can be stopped
    return DirectGrader(settings, LocalSpawner())


def _graded(label: Label) -> Report:
    (submission,) = discover([str(label.path)])
    grader = _grader(label)
    try:
        opened = grader.open(submission, load(label.exercise))
        for check in opened.checks:
            grader.check(opened.key, check)
        return grader.report(opened.key)
    finally:
        grader.close()


def _open_checks(report: Report) -> dict[str, str]:
    """The checks that did not pass, with what they say."""
    return {check.id: check.message for check in report.checks if check.status != "pass"}


@pytest.mark.parametrize("label", RIGHT, ids=lambda label: label.id)
def test_right_submission_gets_all_points(label: Label) -> None:
    report = _graded(label)
    assert _open_checks(report) == {}
    assert report.verdict == "pass"
    assert report.score == report.max_score
    assert report.diagnoses == ()


@pytest.mark.parametrize("label", WRONG, ids=lambda label: label.id)
def test_wrong_submission_fails_with_a_diagnosis(label: Label) -> None:
    report = _graded(label)
    assert report.verdict == "fail", _open_checks(report)
    assert report.score < report.max_score
    assert report.diagnoses
    named_first = report.diagnoses[0].code in label.codes
    assert named_first != (label.id in NOT_NAMED_YET), [one.code for one in report.diagnoses]


def main() -> int:
    """Print, for each wrong submission, the wanted root cause and those that are given."""
    hits = 0
    for label in WRONG:
        report = _graded(label)
        given = [diagnosis.code for diagnosis in report.diagnoses]
        hit = given[:1] == [label.codes[0]]
        hits += hit
        failed = label.check in _open_checks(report)
        print(
            f"{'ok  ' if hit else 'MISS'} {label.id:46} {label.codes[0]:20} "
            f"{', '.join(given) or report.verdict}{'' if failed else f'  ({label.check} passes)'}"
        )
    left = [label.id for label in LABELS if label.codes and not label.is_judged]
    print(f"{hits} of {len(WRONG)} first; no check yet for {len(left)}: {', '.join(left)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
