"""Ids are unique, and as short as they can be."""

from __future__ import annotations

from pathlib import Path

import pytest

from pytest_deeprnn.submission.discover import Submission, discover


def found_in(root: Path, files: list[str], paths: list[str]) -> list[Submission]:
    for name in files:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("x = 1\n")
    return discover([str(root / path) for path in paths])


@pytest.mark.parametrize(
    ("files", "paths", "ids"),
    [
        (["a.py", "b.ipynb"], ["."], ["a", "b"]),
        (["ann/x.py", "ben/y.py"], ["."], ["x", "y"]),
        (
            ["ann/student.py", "ben/student.py", "cy.py"],
            ["."],
            ["ann__student", "ben__student", "cy"],
        ),
        (["a/s.py", "b/s.py"], ["a/s.py", "b/s.py"], ["a__s", "b__s"]),
        (["a/c/s.py", "b/c/s.py"], ["a", "b"], ["a__c__s", "b__c__s"]),
        (["a.py", "a.ipynb", "b.py"], ["."], ["a_ipynb", "a_py", "b"]),
        (["a.py", "a.b.py"], ["."], ["a.b", "a"]),
        (
            ["a/s.py", "b/s.py", "c/t.py"],
            ["a/s.py", "b/s.py", "c/t.py"],
            ["a__s", "b__s", "t"],
        ),
    ],
)
def test_id_is_the_stem_where_it_is_unique_else_the_path(
    tmp_path: Path, files: list[str], paths: list[str], ids: list[str]
) -> None:
    assert [one.id for one in found_in(tmp_path, files, paths)] == ids


@pytest.mark.parametrize(
    "files",
    [
        ["s.py", "a/s.py", "b/s.py"],
        ["a.py", "a.ipynb", "a/a.py"],
        ["a.b.py", "a.py", "a.ipynb"],
        ["a__s.py", "a/s.py", "b/s.py"],
        ["a.py", "a.ipynb", "a_py.py"],
    ],
)
def test_ids_and_names_are_unique(tmp_path: Path, files: list[str]) -> None:
    found = found_in(tmp_path, files, ["."])
    assert len(found) == len(files)
    assert len({one.id for one in found}) == len(files)
    assert len({one.name for one in found}) == len(files)


def test_ids_are_file_names(tmp_path: Path) -> None:
    found = found_in(tmp_path, ["a/x/s.py", "b/x/s.py"], ["a", "b"])
    assert not any("/" in one.id for one in found)
