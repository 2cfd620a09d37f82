"""Where a reader finds a piece's line."""

from __future__ import annotations

import pytest

from pytest_deeprnn.submission.piece_names import Spot, in_string, line_said, of_cell, spot


@pytest.mark.parametrize(
    ("filename", "found"),
    [
        ("a.py", Spot("a.py", None, 7)),
        ("net/a.py", Spot("net/a.py", None, 7)),
        (of_cell("n.ipynb", 3), Spot("n.ipynb", 3, 7)),
        (in_string("a.py", 45), Spot("a.py", None, 45)),
        (in_string(of_cell("n.ipynb", 3), 2), Spot("n.ipynb", 3, 2)),
        ("a(2).py", Spot("a(2).py", None, 7)),
        (of_cell("a@1.py", 3), Spot("a@1.py", 3, 7)),
    ],
)
def test_a_name_tells_file_cell_and_line(filename: str, found: Spot) -> None:
    assert spot(filename, 7) == found


@pytest.mark.parametrize(
    ("filename", "main", "said"),
    [
        ("a.py", "a.py", "line 7"),
        ("net/b.py", "a.py", "line 7 of net/b.py"),
        ("n.ipynb[3]", "n.ipynb[1]", "line 7"),
        ("a.py@45", "a.py", "line 45"),
    ],
)
def test_a_line_is_said_with_its_file_where_that_is_another(
    filename: str, main: str, said: str
) -> None:
    assert line_said(filename, 7, main) == said
