"""The texts that a page quotes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from pytest_deeprnn.submission.discover import Submission
from pytest_deeprnn.submission.texts import texts

Write = Callable[[str, str | bytes], Path]


def of(path: Path) -> dict[str, str]:
    folder, name = str(path.parent), path.name
    return texts(Submission(id="a", name=name, path=str(path), folder=folder, given=name))


def test_those_of_imported_modules_are_among_them(write: Write) -> None:
    write("net/cells.py", "K = 1\n")
    write("rest.py", "K = 2\n")
    main = write("student.py", "from net.cells import K\n")
    found = of(main)
    assert found["student.py"] == "from net.cells import K\n"
    assert found["net/cells.py"] == "K = 1\n"
    assert "rest.py" not in found


def test_those_of_cells_are_found_by_the_cells(write: Write) -> None:
    sources = ["x = 1", "%%writefile net.py\nK = 1\n", "from net import K"]
    cells = [{"cell_type": "code", "source": source} for source in sources]
    main = write("nb.ipynb", json.dumps({"nbformat": 4, "nbformat_minor": 5, "cells": cells}))
    assert of(main) == {
        "nb.ipynb[1]": "x = 1",
        "nb.ipynb[2]": "\nK = 1\n",
        "nb.ipynb[3]": "from net import K",
    }


def test_what_cannot_be_read_is_left_out(write: Write) -> None:
    write("net.py", "def f(:\n")
    assert set(of(write("student.py", "import net\n"))) == {"student.py"}
    assert of(write("other.py", "def f(:\n")) == {}
