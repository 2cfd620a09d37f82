"""The class page: index.html, which tells of all submissions and links to each one's page."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from pytest_deeprnn.core import codes
from pytest_deeprnn.core.atomic_write import replacing
from pytest_deeprnn.core.settings import Language
from pytest_deeprnn.instructor.gradebook.anonymous import numbered
from pytest_deeprnn.instructor.gradebook.class_statistics import Mention, tally
from pytest_deeprnn.instructor.gradebook.entry import Row
from pytest_deeprnn.reporting.html_page.jinja import make

Rows = Callable[[], Iterable[Row]]
_LONGEST = 300  # characters; a group's names are one text


def write(
    path: Path, rows: Rows, title: str, lang: Language = "en", anonymous: bool = False
) -> None:
    """Write the page; `rows` is asked twice at most, and one row is held at a time."""
    told = numbered(rows) if anonymous else _named(rows)
    template = _environment(lang).get_template("index.html.j2")
    script = _script()
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    parts = template.generate(
        title=title,
        tally=tally(told()),
        rows=told(),
        causes={code: codes.told(code, lang) for code in codes.TEXTS},
        script=Markup(script),  # ours, and the policy names its hash
        digest=digest,
        anonymous=anonymous,
    )
    with replacing(path) as new, new.open("w", encoding="utf-8") as file:
        file.writelines(parts)


def _named(rows: Rows) -> Callable[[], Iterator[tuple[Row, Mention]]]:
    return lambda: ((row, Mention(_cut(row.entry.name), row.page)) for row in rows())


def _cut(name: str) -> str:
    """A platform's export may hold names and ids of any length."""
    return name if len(name) <= _LONGEST else f"{name[:_LONGEST]}…"


@cache
def _environment(lang: Language) -> Environment:
    environment = make("pytest_deeprnn.instructor.gradebook", lang)
    environment.filters.update(cut=_cut)
    environment.globals.update(style=Markup(_style()))  # ours
    return environment


def _style() -> str:
    """That of the feedback page, and more: they are sisters."""
    page = files("pytest_deeprnn.reporting.html_page") / "templates" / "style.css"
    return page.read_text(encoding="utf-8") + _own("class.css")


def _script() -> str:
    return _own("class.js")


def _own(name: str) -> str:
    place = files("pytest_deeprnn.instructor.gradebook") / "templates" / name
    return place.read_text(encoding="utf-8")
