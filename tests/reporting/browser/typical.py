"""Ten pages as learners get them: what a few submissions were told, and reports made from that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from msgspec.structs import replace

from pytest_deeprnn.core.exercise import load
from pytest_deeprnn.core.network_graph import STEPS, Cell, Unrolled, as_it_should_be, compared
from pytest_deeprnn.core.report import (
    CheckResult,
    Report,
    Status,
    SubmissionId,
    Worked,
    error_report,
)
from pytest_deeprnn.core.settings import Language, Settings
from pytest_deeprnn.grading.disclosure import disclose
from pytest_deeprnn.grading.grader import DirectGrader
from pytest_deeprnn.reporting.html_page.excerpt import source_key
from pytest_deeprnn.reporting.html_page.page import render
from pytest_deeprnn.sandbox.in_process import LocalSpawner
from pytest_deeprnn.submission.discover import discover

_ROOT = Path(__file__).parents[3]
_SUBMISSIONS = _ROOT / "tests" / "submissions"
_PRINTED = "".join(f"epoch {n}, perplexity {99 / n:.4f}, {'=' * n}>\n" for n in range(1, 80))


@dataclass(frozen=True)
class Sample:
    """A report, the student's text, and the language of the page."""

    report: Report
    source: str
    lang: Language = "en"

    @property
    def html(self) -> str:
        """The page."""
        name = Path(self.report.submission.path).name
        return render(self.report, {source_key(name): self.source}, self.lang)


def sample(name: str, lang: Language = "en") -> Sample:
    """One of the typical pages by its name."""
    return SAMPLES[name](lang)


@cache
def _graded(file: str, exercise: str, lang: Language) -> Sample:
    """Grade a file in this process; the page shows what it printed as the learner's run would."""
    path = _ROOT / file
    grader = DirectGrader(Settings(profile="quick", lang=lang), LocalSpawner())
    (opened,) = grader.open(discover([str(path)])[0], load(exercise))
    for check in opened.checks:
        grader.check(opened.key, check)
    report = grader.report(opened.key)
    named = replace(report.submission, path=file)  # not where this checkout lies
    return Sample(replace(report, submission=named), path.read_text(encoding="utf-8"), lang)


def _right(lang: Language) -> Sample:
    return _graded("tests/submissions/right/gru_rnn_pair.py", "gru-rnn", lang)


def _one_cause(lang: Language) -> Sample:
    """A fault with its line, its consequence, a worked example, and something printed."""
    shown = _graded("docs/sample/student.py", "deep-rnn", lang)
    return replace_report(shown, output=_PRINTED)


def _several(lang: Language) -> Sample:
    return _graded("tests/submissions/wiring/gru_rnn_one_state.py", "gru-rnn", lang)


def _gates(lang: Language) -> Sample:
    """A worked example with the many quantities of an LSTM."""
    return _graded("tests/submissions/wiring/lstm_cell_first_out.py", "lstm", lang)


def _unreadable(lang: Language) -> Sample:
    return _graded("tests/submissions/wiring/rnn_open_bracket.py", "rnn", lang)


def _verdict(lang: Language) -> Sample:
    shown = _one_cause(lang)
    return Sample(disclose(shown.report, "verdict"), shown.source, lang)


def _hint(lang: Language) -> Sample:
    shown = _one_cause(lang)
    return Sample(disclose(shown.report, "hint"), shown.source, lang)


def _error(lang: Language) -> Sample:
    student = SubmissionId(id="kim_lena", path="hand ins/kim_lena.py", sha256="9f86d081" * 8)
    return Sample(error_report(student, "deep-gru", "The evaluator ended.\nKilled"), "", lang)


def _unfinished(lang: Language) -> Sample:
    """As after -k: all but two checks left out."""
    shown = _right(lang)
    left_out = (
        replace(check, status=Status.SKIPPED, points=0) for check in shown.report.checks[2:]
    )
    checks = (*shown.report.checks[:2], *left_out)
    score = sum(check.points for check in checks)
    return replace_report(shown, checks=checks, verdict="incomplete", score=score)


def _largest(lang: Language) -> Sample:
    """About the most there can be to tell: many layers, steps, causes, checks, notes and prints."""
    shown = _gates(lang)
    report = shown.report
    assert report.worked is not None
    return replace_report(
        shown,
        worked=_deeper(report.worked, layers=4, steps=3),
        checks=tuple(map(_talkative, report.checks)),
        wiring=_all_missing(("gru",) * 4),
        diagnoses=report.diagnoses * 6,
        roles=report.roles * 5,
        notes=("The output layer reads the first layer's hidden state as well.",) * 8,
        output="epoch 1, perplexity 17.3 <tab>\n" * 5000,
    )


def _all_missing(cells: tuple[Cell, ...]) -> Unrolled:
    arrows = compared(set(as_it_should_be(cells)), set(), set())
    return Unrolled(cells=cells, steps=STEPS, proven=True, arrows=arrows)


def _talkative(check: CheckResult) -> CheckResult:
    message = "Unit 4 of layer 2 differs from the reference at step 3 of row 1. " * 3
    return replace(check, message=message)


def _deeper(worked: Worked, layers: int, steps: int) -> Worked:
    """The same rows in more layers and steps."""
    inner = [row for row in worked.rows if row.layer and row.kind != "returns"]
    outer = [row for row in worked.rows if not row.layer and row.kind != "returns"]
    last = [row for row in worked.rows if row.kind == "returns"]
    rows = [
        *(
            replace(row, step=step, layer=row.layer and layer)
            for step in range(1, steps + 1)
            for layer in (*range(1, layers + 1), 0)
            for row in (inner if layer else outer)
        ),
        *(replace(row, step=steps, layer=n) for n in range(1, layers + 1) for row in last),
    ]
    weights = tuple(
        replace(one, layer=n)
        for n in (*range(1, layers + 1), 0)
        for one in worked.weights
        if bool(one.layer) == bool(n)
    )
    return replace(
        worked,
        rows=tuple(rows),
        weights=weights,
        cells=worked.cells[:1] * layers,
        tokens=worked.tokens[:1] * steps,
    )


def replace_report(shown: Sample, **changes: object) -> Sample:
    """The same page with other values in its report."""
    return Sample(replace(shown.report, **changes), shown.source, shown.lang)


SAMPLES: dict[str, Callable[[Language], Sample]] = {
    "right": _right,
    "one-cause": _one_cause,
    "several": _several,
    "gates": _gates,
    "unreadable": _unreadable,
    "verdict": _verdict,
    "hint": _hint,
    "error": _error,
    "unfinished": _unfinished,
    "largest": _largest,
}
