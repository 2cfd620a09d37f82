"""One report as Markdown: the score, the causes with their lines, and the drawing as text."""

from __future__ import annotations

from functools import cache
from pathlib import PurePath

from jinja2 import Environment
from markupsafe import Markup, escape

from pytest_deeprnn.core.catalogue import languages
from pytest_deeprnn.core.report import Report
from pytest_deeprnn.reporting.html_page.causes import causes
from pytest_deeprnn.reporting.html_page.jinja import make
from pytest_deeprnn.reporting.html_page.network_drawing import draw
from pytest_deeprnn.reporting.html_page.network_text import sketch
from pytest_deeprnn.reporting.html_page.number_format import plain


def summary(report: Report, lang: str = "en") -> str:
    """Write a report for a page that shows Markdown; what a student wrote stands in HTML there.

    Inside of HTML, Markdown has no meaning, so that one escape is enough.
    """
    lang = lang if lang in languages() else "en"
    main = PurePath(report.submission.path).name
    drawn = None if report.wiring is None else draw(report.wiring)
    told = (
        _environment(lang)
        .get_template("summary.md.j2")
        .render(
            report=report,
            main=main,
            causes=causes(report, main, {}),
            relations=() if drawn is None else drawn.relations,
            sketch="" if report.wiring is None else sketch(report.wiring),
        )
    )
    return told.strip() + "\n"


def _unbroken(text: str) -> Markup:
    """Lines of HTML: an empty one would end it, and what follows be read as Markdown."""
    lines = (escape(plain(line)) for line in text.splitlines() if line.strip())
    return Markup("<br>").join(lines)


def _block(text: str) -> Markup:
    """Text as it is, for inside of <pre>, where an empty line ends nothing."""
    return escape(plain(text))


@cache
def _environment(lang: str) -> Environment:
    environment = make("pytest_deeprnn.reporting.html_page", lang)
    environment.filters.update(unbroken=_unbroken, block=_block)
    return environment
