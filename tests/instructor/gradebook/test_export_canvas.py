"""Canvas's grade CSV: filled in place, or made."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from class_exports import row

from pytest_deeprnn.instructor.gradebook.entry import Row, Student
from pytest_deeprnn.instructor.gradebook.exports.canvas import fill, write
from pytest_deeprnn.instructor.gradebook.exports.scores import BadExport

GRADEBOOK = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Lab 1 (77),Lab 2 (78),Final Score\r\n"
    ",,,,,Manual Posting,,(read only)\r\n"
    "    Points Possible,,,,,10,100,(read only)\r\n"
    '"Kim, Lena",12,0012,kim@example.org,"A, B",,3,"1"\r\n'
    '"Lee ""Bo""",13,0013,lee,A,5,,\r\n'
    '"Student, Test",99,,x,A,,,\r\n'
)


def canvas(id_: str, name: str = "kim", score: float = 17.0, **others: object) -> Row:
    return row(id_, name, score, platform="canvas", **others)  # type: ignore[arg-type]


def filled(tmp_path: Path, text: str, rows: list[Row], title: str) -> tuple[str, tuple[str, ...]]:
    (tmp_path / "gradebook.csv").write_bytes(text.encode())
    told = fill(tmp_path / "gradebook.csv", tmp_path / "out.csv", iter(rows), title)
    return (tmp_path / "out.csv").read_bytes().decode(), told.missing


def test_the_assignments_column_is_filled_and_all_else_stays(tmp_path: Path) -> None:
    rows = [canvas("12", score=17), canvas("13", score=20), canvas("55", score=1)]
    out, missing = filled(tmp_path, GRADEBOOK, rows, "Lab 1")
    assert out == GRADEBOOK.replace('"A, B",,3', '"A, B",8.5,3').replace("lee,A,5", "lee,A,10")
    assert missing == ("55_kim",)


@pytest.mark.parametrize("title", ["Lab 2", "Lab 2 (78)"])
def test_scores_are_brought_to_the_points_possible(tmp_path: Path, title: str) -> None:
    out, _ = filled(tmp_path, GRADEBOOK, [canvas("12", score=17)], title)
    assert out == GRADEBOOK.replace('"A, B",,3', '"A, B",,85')


def test_an_error_leaves_the_cell_as_it_was(tmp_path: Path) -> None:
    out, missing = filled(tmp_path, GRADEBOOK, [canvas("13", verdict="error", score=0)], "Lab 1")
    assert (out, missing) == (GRADEBOOK, ())


def test_others_than_canvas_are_found_by_the_schools_ids(tmp_path: Path) -> None:
    group = (Student(id="0012"), Student(id="y", email="LEE"), Student(id="99"))
    rows = [row(students=group, platform="gradescope", score=20)]
    out, _ = filled(tmp_path, GRADEBOOK, rows, "Lab 2")
    assert out == GRADEBOOK.replace('"A, B",,3', '"A, B",,100').replace("A,5,,", "A,5,100,")


def test_semicolons_and_decimal_commas_are_kept(tmp_path: Path) -> None:
    sheet = "\ufeffStudent;ID;Section;Lab (7)\n    Points Possible;;;10,0\nKim;12;A;\nLee;13;A;\n"
    out, _ = filled(tmp_path, sheet, [canvas("12", score=17)], "")
    assert out == sheet.replace("Kim;12;A;", "Kim;12;A;8,5")


@pytest.mark.parametrize(
    ("text", "title", "told"),
    [
        ("", "", "the file is empty"),
        ("Name,Mark\nKim,1\n", "", "no column ID"),
        (GRADEBOOK, "", "2 columns are for one assignment"),
        (GRADEBOOK, "Lab 3", "0 columns are for the assignment 'Lab 3'; it has 'Lab 1 (77)'"),
        (GRADEBOOK, "Final Score", "read only"),
    ],
)
def test_a_gradebook_that_does_not_fit_is_told_in_one_line(
    tmp_path: Path, text: str, title: str, told: str
) -> None:
    with pytest.raises(BadExport) as caught:
        filled(tmp_path, text, [canvas("12")], title)
    assert told in str(caught.value)
    assert "gradebook.csv" in str(caught.value)
    assert not (tmp_path / "out.csv").exists()


def test_one_is_made_where_there_is_none(tmp_path: Path) -> None:
    failed = canvas("9", "=cmd", verdict="error", score=0.0, max_score=0.0)
    rows = iter([failed, canvas("12", "kim", 17.0), canvas("13", "李雷", 5.0, max_score=10.0)])
    write(tmp_path / "out.csv", rows, "Lab 1 (77)")
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file, strict=True)) == [
            ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Lab 1 (77)"],
            ["    Points Possible", "", "", "", "", "20"],
            ["'=cmd", "9", "", "", "", ""],
            ["kim", "12", "", "", "", "17"],
            ["李雷", "13", "", "", "", "10"],
        ]
