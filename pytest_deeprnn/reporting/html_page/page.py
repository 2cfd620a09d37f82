"""The feedback page of one report: a single HTML file that needs nothing else."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import PurePath

from jinja2 import Environment

from pytest_deeprnn.core.catalogue import languages
from pytest_deeprnn.core.report import CheckResult, Example, Report, Status
from pytest_deeprnn.reporting.html_page import heatmap, number_format, worked_example
from pytest_deeprnn.reporting.html_page.causes import causes
from pytest_deeprnn.reporting.html_page.highlight import highlighted
from pytest_deeprnn.reporting.html_page.jinja import make
from pytest_deeprnn.reporting.html_page.network_drawing import draw
from pytest_deeprnn.reporting.html_page.not_judged import unjudged
from pytest_deeprnn.reporting.html_page.reproduce import snippet
from pytest_deeprnn.reporting.html_page.tracebacks import trails


def render(report: Report, sources: Mapping[str, str], lang: str = "en") -> str:
    """Write the page of a report as HTML.

    `sources` holds the student's texts under `quote.source_key(file, cell)`: the name of the
    main file or of a helper as `Diagnosis.file` has it, and `NAME#CELL` for a notebook's cell.
    A text that is not there is no error. A `lang` without translation gives the English page.
    """
    lang = lang if lang in languages() else "en"
    return _environment(lang).get_template("page.html.j2").render(_context(report, sources, lang))


@cache
def _environment(lang: str) -> Environment:
    environment = make("pytest_deeprnn.reporting.html_page", lang)
    environment.filters.update(decimal=worked_example.decimal, typeset=worked_example.typeset)
    environment.filters.update(
        literal=worked_example.literal, givens=worked_example.givens, units=heatmap.units
    )
    environment.filters.update(highlighted=highlighted)
    environment.globals.update(first_row=worked_example.first_row, apart=number_format.apart)
    return environment


def _context(report: Report, sources: Mapping[str, str], lang: str) -> dict[str, object]:
    main = PurePath(report.submission.path).name
    return {
        "report": report,
        "main": main,
        "causes": causes(report, main, sources),
        "counts": Counter(check.status for check in report.checks),
        "first_failed": _first_failed(report),
        "worked_steps": () if report.worked is None else worked_example.steps(report.worked),
        "drawing": None if report.wiring is None else draw(report.wiring),
        "gap": _gap(report),
        "hint": _next_hint(report),
        "command": _command(report, lang),
        "snippet": snippet(report, _environment(lang)),
        "trails": trails(report, sources),
        "unjudged": unjudged(report),
        "output": number_format.cut(report.output),
    }


def _first_failed(report: Report) -> CheckResult | None:
    return next((c for c in report.checks if c.status is Status.FAIL), None)


def _gap(report: Report) -> CheckResult | None:
    """The first failed check whose case is worth a look: with numbers, unless none are told."""
    failed = (c for c in report.checks if c.status is Status.FAIL and c.example is not None)
    return next((c for c in failed if report.feedback == "hint" or _has_numbers(c.example)), None)


def _has_numbers(example: Example | None) -> bool:
    return example is not None and (example.expected is not None or example.got is not None)


def _next_hint(report: Report) -> str:
    """Say what to do about the likeliest cause; nothing where the grader itself failed."""
    if report.verdict == "error" or not report.diagnoses:
        return ""
    return report.diagnoses[0].hint


def _command(report: Report, lang: str) -> list[str]:
    """The words, quoted for a shell, that grade the same submission on the same cases."""
    options = {
        "submission": report.submission.path,
        "exercise": report.exercise,
        "seed": report.settings.seed,
        "profile": report.settings.profile,
    }
    if lang != "en":
        options["lang"] = lang
    words = ["pytest", *(f"--deeprnn-{name}={value}" for name, value in options.items())]
    return [shlex.quote(word) for word in words]
