"""Notebooks with large outputs are read, and malformed ones refused in one line and in time."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pytest_deeprnn.submission import notebook as reading
from pytest_deeprnn.submission import source as whole
from pytest_deeprnn.submission.source import Unreadable, read

Write = Callable[[str, str | bytes], Path]
HEAD = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}}
CODE = {"cell_type": "code", "source": "a = 1", "outputs": []}
SECONDS = 10.0  # of processor time, many times what is needed


def of_cells(*cells: object) -> str:
    return json.dumps({**HEAD, "cells": cells})


def texts(path: Path) -> list[str]:
    return [piece.text for piece in read(path).pieces]


def test_a_notebook_of_large_plots_is_read_in_time(write: Write) -> None:
    plots = {"output_type": "display_data", "data": {"image/png": "A" * 80_000_000}}
    path = write("nb.ipynb", of_cells({**CODE, "outputs": [plots]}))
    start = time.process_time()
    assert texts(path) == ["a = 1"]
    assert time.process_time() - start < SECONDS


def test_a_notebook_that_is_too_large_is_told_what_to_do(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whole, "MAX_NOTEBOOK", 2**20)
    path = write("nb.ipynb", of_cells({**CODE, "outputs": ["A" * 2**20]}))
    with pytest.raises(Unreadable, match="larger than 1 MiB: clear its outputs"):
        read(path)


def test_more_code_than_is_read_is_told(write: Write) -> None:
    path = write("nb.ipynb", of_cells(*[{**CODE, "source": "#" + "x" * 300_000}] * 4))
    with pytest.raises(Unreadable, match="more than 1024 KiB of code"):
        read(path)


@pytest.mark.parametrize("value", ["NaN", "Infinity", '"\\ud800"', "1e999", "9" * 4000])
def test_values_that_jupyter_writes_into_outputs_do_no_harm(write: Write, value: str) -> None:
    path = write("nb.ipynb", of_cells({**CODE, "outputs": [0]}).replace("[0]", f"[{value}]"))
    assert texts(path) == ["a = 1"]


@pytest.mark.parametrize("lenient", [False, True])
def test_of_a_key_that_comes_twice_the_last_counts(write: Write, lenient: bool) -> None:
    text = of_cells(CODE).replace('"a = 1"', '"a = 0", "source": "a = 2"')
    text = text.replace("[]", "[NaN]") if lenient else text
    assert texts(write("nb.ipynb", text)) == ["a = 2"]


@pytest.mark.parametrize("source", [None, 1, {"a": 1}, [1, 2], ["a", None]], ids=str)
def test_a_source_that_is_no_text_costs_only_its_cell(write: Write, source: object) -> None:
    found = read(write("nb.ipynb", of_cells(CODE, {**CODE, "source": source}, CODE)))
    assert [piece.cell for piece in found.pieces] == [1, 3]
    assert [cell for _, _, cell in found.problems] == [2]


@pytest.mark.parametrize("cell", [1, None, "x", [], {}], ids=str)
def test_a_cell_that_is_none_loses_no_other(write: Write, cell: object) -> None:
    assert texts(write("nb.ipynb", of_cells(cell, CODE))) == ["a = 1"]


@pytest.mark.parametrize("strange", [False, True], ids=["strict", "with-nan"])
def test_worksheets_of_version_3_are_read_as_one(write: Write, strange: bool) -> None:
    code = {"cell_type": "code", "input": ["a = 1\n", "b = 2"], "outputs": []}
    words = {"cell_type": "markdown", "source": "words"}
    sheets = [{"cells": [words, code]}, {"cells": [{**code, "input": "c = 3"}]}]
    metadata: dict[str, Any] = {"x": float("nan")} if strange else {}
    held = {"nbformat": 3, "nbformat_minor": 0, "metadata": metadata, "worksheets": sheets}
    found = read(write("nb.ipynb", json.dumps(held)))
    assert [(one.cell, one.text) for one in found.pieces] == [(2, "a = 1\nb = 2"), (3, "c = 3")]


@pytest.mark.parametrize("version", [0, 1, 2, 5, 99, -1, "4", None, [4], 10**50, True], ids=str)
def test_a_format_that_is_not_known_is_told(write: Write, version: object) -> None:
    path = write("nb.ipynb", json.dumps({"nbformat": version, "cells": [CODE]}))
    with pytest.raises(Unreadable, match="no readable notebook: its format is"):
        read(path)


HOSTILE = {
    "lists": "[" * 1_000_000,
    "objects": '{"a":' * 500_000,
    "deep-outputs": of_cells(CODE).replace("[]", "[" * 500_000 + "]" * 500_000),
    "deep-source": of_cells(CODE).replace('"a = 1"', "[" * 500_000 + "]" * 500_000),
    "digits": of_cells(CODE).replace("4", "9" * 100_000, 1),
    "cells": of_cells(*[CODE] * 20_000),
    "empty-cells": json.dumps({**HEAD, "cells": [{}] * 1_000_000}),
    "large-source": of_cells({**CODE, "source": "#" * 9_000_000}),
    "many-lines": of_cells({**CODE, "source": [""] * 3_000_000}),
    "no-utf-8": of_cells(CODE).encode().replace(b"a = 1", b"\xff"),
    "utf-16-cut": of_cells(CODE).encode("utf-16")[:-40],
    "cut": of_cells(CODE)[:-20],
    "more": of_cells(CODE) + "x",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_notebook_is_refused_in_time(write: Write, text: str | bytes) -> None:
    path = write("nb.ipynb", text)
    start = time.process_time()
    with pytest.raises(Unreadable) as caught:
        read(path)
    assert time.process_time() - start < SECONDS
    assert caught.value.message.isprintable()
    assert len(caught.value.message) <= 300


def test_a_large_file_that_is_no_json_is_not_given_to_the_lenient_reader(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_MAX_LENIENT", 100)
    path = write("nb.ipynb", of_cells({**CODE, "outputs": [float("nan")] * 100}))
    with pytest.raises(Unreadable, match="clear its outputs and save it again"):
        read(path)
