"""Code cells become Python, with magics blanked and lines where they were."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat.v3 as v3
import nbformat.v4 as v4
import pytest
from nbformat import writes

from pytest_deeprnn.submission.source import Source, Unreadable, read
from pytest_deeprnn.submission.syntax import statements

Write = Callable[[str, str | bytes], Path]
ReadCells = Callable[..., Source]


def ran(text: str) -> list[str]:
    """The lines that hold more than nothing or a placeholder."""
    return [line for line in text.split("\n") if line.strip() not in ("", "pass")]


def test_only_code_cells_are_read_and_counted_among_all(write: Write) -> None:
    cells = [
        v4.new_markdown_cell("# x = 1"),
        v4.new_code_cell("a = 1"),
        v4.new_raw_cell("b = 2"),
        v4.new_code_cell("c = 3"),
    ]
    source = read(write("nb.ipynb", writes(v4.new_notebook(cells=cells))))
    assert [(p.filename, p.cell, p.text) for p in source.pieces] == [
        ("nb.ipynb[2]", 2, "a = 1"),
        ("nb.ipynb[4]", 4, "c = 3"),
    ]
    assert source.problems == ()


def test_notebook_of_version_3_is_read(write: Write) -> None:
    sheet = v3.new_worksheet(
        cells=[v3.new_text_cell("markdown", source="hello"), v3.new_code_cell(input="a = 1\nb = 2")]
    )
    text = v3.writes_json(v3.new_notebook(worksheets=[sheet]))
    assert [(p.cell, p.text) for p in read(write("nb.ipynb", text)).pieces] == [(2, "a = 1\nb = 2")]


def test_source_as_a_list_of_lines_is_joined(write: Write) -> None:
    notebook: dict[str, Any] = json.loads(
        writes(v4.new_notebook(cells=[v4.new_code_cell("a = 1\nb = 2")]))
    )
    notebook["cells"][0]["source"] = ["a = 1\n", "b = 2"]
    source = read(write("nb.ipynb", json.dumps(notebook)))
    assert source.pieces[0].text == "a = 1\nb = 2"


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_text_beyond_ascii_is_kept(write: Write, bom: bytes) -> None:
    notebook = writes(v4.new_notebook(cells=[v4.new_code_cell("σ = '层'")]))
    assert read(write("nb.ipynb", bom + notebook.encode())).pieces[0].text == "σ = '层'"


@pytest.mark.parametrize(
    "magic",
    [
        "%matplotlib inline",
        "  %time f()".strip(),
        "!pip install d2l",
        "?torch.zeros",
        "torch.zeros?",
        "torch.zeros??",
        "%%time",
        "%%capture output",
        "%%timeit -n 3",
        "!pip install \\\n    d2l",
        "files = !ls",
        "t = %timeit -o 1",
    ],
)
def test_magic_is_blanked_and_lines_keep_their_numbers(read_cells: ReadCells, magic: str) -> None:
    source = read_cells(f"{magic}\nx = 1\n")
    assert source.problems == ()
    (piece,) = source.pieces
    assert ran(piece.text) == ["x = 1"]
    assert piece.text.splitlines().index("x = 1") == magic.count("\n") + 1


@pytest.mark.parametrize(
    "text",
    [
        "if True:\n    %time f()\nx = 1\n",
        "for i in range(3):\n    !ls\nx = 1\n",
        "try:\n\t%load_ext autoreload\nexcept Exception:\n\tpass\nx = 1\n",
    ],
)
def test_a_block_of_one_magic_stays_a_block(read_cells: ReadCells, text: str) -> None:
    (piece,) = read_cells(text).pieces
    assert piece.text.splitlines()[-1] == "x = 1"
    assert "pass" in piece.text.splitlines()[1]


@pytest.mark.parametrize("magic", ["%%bash", "%%html", "%%writefile a.txt", "%%javascript"])
def test_a_cell_in_another_language_is_dropped(read_cells: ReadCells, magic: str) -> None:
    source = read_cells(f"\n{magic}\nx = 1\n", "y = 2")
    assert [ran(piece.text) for piece in source.pieces] == [[], ["y = 2"]]
    assert source.problems == ()


def test_a_line_that_begins_with_modulo_is_kept(read_cells: ReadCells) -> None:
    text = "x = (7\n     % 3)\ny = (x\n     != 4)\n"
    assert read_cells(text).pieces[0].text == text


@pytest.mark.parametrize("line", ["% 3", "!= 3"])
def test_a_continued_line_is_kept_beside_a_magic(read_cells: ReadCells, line: str) -> None:
    (piece,) = read_cells(f"%matplotlib inline\nx = (7\n     {line})\n").pieces
    assert ran(piece.text) == ["x = (7", f"     {line})"]


def test_only_newlines_end_a_line_beside_a_magic(read_cells: ReadCells) -> None:
    (piece,) = read_cells("%matplotlib inline\ns = 'a\u2028b'\n").pieces
    assert ran(piece.text) == ["s = 'a\u2028b'"]


def test_an_unparsable_cell_does_not_lose_the_others(read_cells: ReadCells) -> None:
    source = read_cells("a = 1", "x = 1\ny = = 2", "b = 2")
    assert [piece.text for piece in source.pieces] == ["a = 1", "b = 2"]
    ((message, line, cell),) = source.problems
    assert (message.startswith("SyntaxError: invalid syntax"), line, cell) == (True, 2, 2)


@pytest.mark.parametrize("text", ["return 5", "await f()", "break"])
def test_an_uncompilable_cell_does_not_lose_the_others(read_cells: ReadCells, text: str) -> None:
    found = statements(read_cells("a = 1", text, "b = 2"))
    assert {"a", "b"} <= frozenset[str]().union(*(statement.binds for statement in found))


def test_a_statement_that_awaits_is_left_out_of_its_cell(read_cells: ReadCells) -> None:
    source = read_cells("a = 1\nawait f()\nb = 2")
    assert source.problems == ()
    assert [statement.path for statement in statements(source)] == [(0,), (2,)]


def test_an_uncompilable_cell_is_told(read_cells: ReadCells) -> None:
    ((message, line, cell),) = read_cells("a = 1", "b = 2\nreturn b").problems
    told = message.startswith("SyntaxError: 'return' outside function")
    assert (told, line, cell) == (True, 2, 2)


def test_error_names_cell_and_line_where_nothing_can_be_read(read_cells: ReadCells) -> None:
    with pytest.raises(Unreadable, match="SyntaxError") as caught:
        read_cells("a = 1\n\nif:\n", "x = = 1")
    assert (caught.value.line, caught.value.cell) == (3, 1)


@pytest.mark.parametrize("character", ["\0", "\ud800"], ids=["nul", "surrogate"])
def test_characters_that_python_refuses_cost_their_cell_only(
    read_cells: ReadCells, character: str
) -> None:
    source = read_cells(f"x = '{character}'", "y = 1")
    assert [piece.cell for piece in source.pieces] == [2]
    assert [cell for _, _, cell in source.problems] == [1]


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "null",
        "[]",
        "x = = 1",
        "[" * 100_000,
        '{"nbformat": 4, "nbformat_minor": 4, "metadata": {}}',
        '{"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": null}',
        '{"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [1]}',
        '{"nbformat": 99, "nbformat_minor": 4, "metadata": {}, "cells": []}',
        b"\xff\xfe\x00",
    ],
)
def test_broken_json_is_no_readable_notebook(write: Write, text: str | bytes) -> None:
    path = write("nb.ipynb", text)
    with pytest.raises(Unreadable, match="no readable notebook") as caught:
        read(path)
    assert "\n" not in caught.value.message


@pytest.mark.parametrize("cell", [{"cell_type": "code"}, {"source": "x = 1"}], ids=str)
def test_a_malformed_cell_costs_the_notebook_at_most(write: Write, cell: dict[str, str]) -> None:
    head = {"nbformat": 4, "nbformat_minor": 4, "metadata": {}}
    path = write("nb.ipynb", json.dumps({**head, "cells": [{"metadata": {}, **cell}]}))
    try:
        texts = {piece.text for piece in read(path).pieces}
    except Unreadable:
        texts = set()
    assert texts <= {"", "x = 1"}


def test_a_notebook_without_code_is_unreadable(write: Write) -> None:
    notebook = v4.new_notebook(cells=[v4.new_markdown_cell("only words")])
    with pytest.raises(Unreadable, match="holds no code"):
        read(write("nb.ipynb", writes(notebook)))


def test_huge_outputs_do_no_harm(write: Write) -> None:
    picture = v4.new_output("display_data", data={"image/png": "A" * 15_000_000})
    notebook = v4.new_notebook(cells=[v4.new_code_cell("a = 1", outputs=[picture])])
    assert [piece.text for piece in read(write("nb.ipynb", writes(notebook))).pieces] == ["a = 1"]
