"""What every run over several submissions leaves: the class page and grades.csv."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from pytest_deeprnn.core.settings import Language
from pytest_deeprnn.instructor.gradebook import class_page
from pytest_deeprnn.instructor.gradebook.entry import Row
from pytest_deeprnn.instructor.gradebook.exports import grades_csv


def write(
    folder: Path,
    rows: Callable[[], Iterable[Row]],
    title: str,
    lang: Language,
    anonymous: bool = False,
) -> None:
    """Write both into the folder; only the class page may be anonymous."""
    class_page.write(folder / "index.html", rows, title, lang, anonymous)
    grades_csv.write(folder / "grades.csv", rows())
