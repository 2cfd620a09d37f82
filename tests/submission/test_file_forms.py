"""What a file holds counts more than its name; what is no code is refused, and told by its name."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from pytest_deeprnn.submission.discover import NoSubmission, discover
from pytest_deeprnn.submission.prepare import Prepared
from pytest_deeprnn.submission.source import Unreadable, read

Write = Callable[[str, str | bytes], Path]

NOTEBOOK = json.dumps(
    {
        "metadata": {"kernelspec": {"name": "python3"}},
        "nbformat": 4,
        "nbformat_minor": 2,
        "cells": [{"cell_type": "code", "metadata": {}, "outputs": [], "source": "a = 1"}],
    }
)


def zipped(*names: str) -> bytes:
    """A zip of files with these names."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return held.getvalue()


@pytest.mark.parametrize("name", ["a.py", "a.ipynb", "a.ipynb.json", "a.ipynb.txt", "a.PY"])
@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf", b"\n\n  "], ids=["", "bom", "blank"])
def test_a_notebook_is_read_under_any_name(write: Write, name: str, start: bytes) -> None:
    (piece,) = read(write(name, start + NOTEBOOK.encode())).pieces
    assert (piece.text, piece.cell, piece.filename) == ("a = 1", 1, f"{name}[1]")


def test_a_notebook_in_utf_16_is_read(write: Write) -> None:
    (piece,) = read(write("a.ipynb", NOTEBOOK.encode("utf-16"))).pieces
    assert piece.text == "a = 1"


@pytest.mark.parametrize("name", ["a.ipynb", "a.py.txt", "a.ipynb.txt"])
def test_python_text_is_read_under_any_name(write: Write, name: str) -> None:
    (piece,) = read(write(name, "a = {'b': 1}\n")).pieces
    assert (piece.text, piece.cell) == ("a = {'b': 1}\n", None)


def test_python_that_begins_as_json_is_python(write: Write) -> None:
    text = '{"a": 1}\nb = 2\n'
    assert read(write("a.py", text)).pieces[0].text == text


@pytest.mark.parametrize("name", ["b.ipynb.json", "b.py.txt", "b.IPYNB", "b.ipynb.txt"])
def test_such_names_are_found_in_a_folder(write: Write, name: str) -> None:
    path = write(name, NOTEBOOK)
    assert [Path(one.path).name for one in discover([str(path.parent)])] == [name]
    assert len(discover([str(path)])) == 1


@pytest.mark.parametrize("name", ["b.json", "b.txt", "b.md"])
def test_other_names_are_no_submissions(write: Write, name: str) -> None:
    with pytest.raises(NoSubmission):
        discover([str(write(name, NOTEBOOK))])


LFS = b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a2146\nsize 12345\n"
REFUSED = [
    (b"<!DOCTYPE html>\n<html>", "an HTML page", "download the raw file"),
    (b"\n <!-- saved from nbviewer -->\n<HTML lang='de'>", "an HTML page", "download the raw file"),
    (LFS, "a pointer of Git LFS", "git lfs pull"),
    (b"%PDF-1.5\n%\xd0\xd4", "a PDF", "the notebook itself"),
    (zipped("[Content_Types].xml", "word/document.xml"), "a Word document", "plain text"),
    (zipped("student.py"), "a zip", "unpack it"),
    (zipped("net/data.pkl", "net/version"), "a file of saved weights", "the code that made them"),
    (b"\x89PNG\r\n\x1a\n\0\0", "an image", "the notebook itself"),
    (b"\xff\xd8\xff\xe0\0\x10JFIF", "an image", "the notebook itself"),
    (b"{\\rtf1\\ansi\\deff0 import torch}", "a text with formatting (RTF)", "plain text"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 9, "an old Office document", "plain text"),
    (b"\x1f\x8b\x08\0", "an archive", "unpack it"),
    (b"\xa7\x0d\r\n" + b"\0" * 12, "compiled Python", "the .py file"),
    (b'{"url": "https://drive/open?id=1", "doc_id": "1"}', "a link to", "download the notebook"),
    (b"[InternetShortcut]\r\nURL=https://x", "a link to a page", "download the raw file"),
    (b'<?xml version="1.0"?><plist/>', "XML", "the notebook itself"),
]


@pytest.mark.parametrize(("data", "what", "do"), REFUSED, ids=[what for _, what, _ in REFUSED])
@pytest.mark.parametrize(
    ("name", "wanted"), [("a.py", "not Python code"), ("a.ipynb", "not a notebook")]
)
def test_what_is_no_code_is_told_by_its_name(
    write: Write, data: bytes, what: str, do: str, name: str, wanted: str
) -> None:
    with pytest.raises(Unreadable) as caught:
        read(write(name, data))
    message = caught.value.message
    assert message.startswith(f"this is {what}")
    assert wanted in message
    assert do in message
    assert (caught.value.line, caught.value.cell) == (None, None)


def test_json_without_cells_is_no_notebook(write: Write) -> None:
    with pytest.raises(Unreadable, match="this is JSON but no notebook"):
        read(write("a.py", '{"weights": [1, 2]}'))


@pytest.mark.parametrize("text", ["", " \n\t\n", "\ufeff\n"])
def test_an_empty_file_is_told(prepared: Callable[..., Prepared], text: str) -> None:
    with pytest.raises(Unreadable, match="this file is empty: save it"):
        prepared(text)


FIRST = '''"""A package whose first file gives on what the others define."""
from .weights import get_params
from .model import *
'''


def test_a_package_that_gives_on_its_files_is_the_main_file(write: Write) -> None:
    write("net/weights.py", "def get_params(vocab_size, num_hiddens, device): return []\n")
    write("net/model.py", "def forward(inputs, state, params): return inputs, state\n")
    first = write("net/__init__.py", FIRST)
    (found,) = discover([str(first.parent.parent.parent)])
    assert (Path(found.path), found.folder) == (first, str(first.parent))


@pytest.mark.parametrize(
    ("init", "others", "main"),
    [
        ("", ("cells.py", "util.py"), "cells.py"),
        (FIRST, ("cells.py", "student.py"), "student.py"),
        (FIRST, ("cells.py",), "cells.py"),
        ("import torch\n", ("cells.py", "util.py"), "cells.py"),
    ],
)
def test_otherwise_another_file_of_a_package_is(
    write: Write, init: str, others: tuple[str, ...], main: str
) -> None:
    first = write("net/__init__.py", init)
    for name in others:
        write(f"net/{name}", "def forward(state, params): ...\n" if name == main else "K = 1\n")
    (found,) = discover([str(first.parent.parent.parent)])
    assert Path(found.path).name == main
