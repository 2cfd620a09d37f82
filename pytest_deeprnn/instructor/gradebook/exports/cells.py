"""Cells of a CSV: no text becomes a formula, and numbers stay numbers."""

from __future__ import annotations

import re

from pytest_deeprnn.core.sanitize import line

#: What begins a formula, also in the width and form that spreadsheets read as the same.
_FORMULA = r"=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212"
#: A spreadsheet may take another separator than ours for one, and what follows for a cell.
_DANGER = re.compile(rf"(^|[,;|\t\r\n])([\s\"'\ufeff\u200b-\u200f\u2060]*)(?=[{_FORMULA}])")
_DIGITS = 2  # what Canvas shows; of Moodle's five digits nobody sees more


def text(value: str) -> str:
    """A text, such as a student's name, as one cell: dead, visible, and never a formula."""
    shown = line(value).replace("\t", "⟨TAB⟩")
    return _DANGER.sub(r"\1'\2", shown)


def number(value: float) -> str:
    """A number as short as it can be, with a point: 17, 8.5, 33.33."""
    rounded = f"{value:.{_DIGITS}f}".rstrip("0").rstrip(".")
    return "0" if rounded == "-0" else rounded
