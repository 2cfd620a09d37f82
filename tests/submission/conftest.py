"""Makes files of students, and reads them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pytest_deeprnn.submission.discover import Submission
from pytest_deeprnn.submission.prepare import Prepared, prepare
from pytest_deeprnn.submission.source import Source, read

Write = Callable[[str, str | bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file into the student's folder."""

    def written(name: str, content: str | bytes) -> Path:
        path = tmp_path / "student" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return written


@pytest.fixture
def read_cells(write: Write) -> Callable[..., Source]:
    """Read a notebook of these code cells."""

    def from_cells(*texts: str) -> Source:
        cells = [
            {"cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": [], "source": t}
            for t in texts
        ]
        notebook = {"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": cells}
        return read(write("nb.ipynb", json.dumps(notebook)))

    return from_cells


@pytest.fixture
def prepared(write: Write) -> Callable[..., Prepared]:
    """Prepare a main file, with other files beside it."""

    def of(
        text: str, cells: tuple[str, ...] = (), beside: dict[str, str] | None = None
    ) -> Prepared:
        main = write("student.py", text)
        for name, content in (beside or {}).items():
            write(name, content)
        submission = Submission(
            id="student",
            name="student.py",
            path=str(main),
            folder=str(main.parent),
            given=str(main),
        )
        return prepare(submission, frozenset(cells))

    return of


@pytest.fixture
def kept_lines(prepared: Callable[..., Prepared]) -> Callable[..., list[str]]:
    """The first line of each statement that would be run."""

    def of(text: str, beside: dict[str, str] | None = None) -> list[str]:
        found = prepared(text, beside=beside)
        run = found.load.units[0].run
        lines = text.splitlines()
        return [
            lines[statement.node.lineno - 1].strip()
            for statement in found.statements
            if statement.path in run
        ]

    return of
