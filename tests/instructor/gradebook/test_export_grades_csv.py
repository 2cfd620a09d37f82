"""grades.csv, read back by another reader."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from class_exports import row

from pytest_deeprnn.core.report import Status
from pytest_deeprnn.instructor.gradebook.entry import Row, Student
from pytest_deeprnn.instructor.gradebook.exports.grades_csv import COLUMNS, write


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def test_a_line_says_what_a_class_is_told(tmp_path: Path) -> None:
    one = row("007", "李雷", 8.5, email="li@example.org", late=True, causes=("a", "b"))
    write(tmp_path / "grades.csv", [one])
    assert (tmp_path / "grades.csv").read_bytes().startswith(b"\xef\xbb\xbfid,")
    assert read(tmp_path / "grades.csv") == [
        {
            "id": "007",
            "name": "李雷",
            "email": "li@example.org",
            "exercise": "deep-gru",
            "verdict": "fail",
            "score": "8.5",
            "max_score": "20",
            "late": "yes",
            "causes": "a b",
            "loads": "pass",
            "own-state": "fail",
        }
    ]


def test_an_error_has_no_score(tmp_path: Path) -> None:
    write(tmp_path / "grades.csv", [row(verdict="error", score=0.0)])
    (line,) = read(tmp_path / "grades.csv")
    assert (line["verdict"], line["score"], line["max_score"]) == ("error", "", "")


def test_each_student_of_a_group_has_a_line_and_a_file_its_id(tmp_path: Path) -> None:
    group = (Student(id="1", name="Ada"), Student(id="2", name="Bo"))
    rows = [row(students=group), row("x", "y", students=(), platform="")]
    write(tmp_path / "grades.csv", rows)
    assert [(one["id"], one["name"]) for one in read(tmp_path / "grades.csv")] == [
        ("1", "Ada"),
        ("2", "Bo"),
        ("x_y", ""),
    ]


def test_a_check_met_later_has_its_column_in_all_lines(tmp_path: Path) -> None:
    def streamed() -> Iterator[Row]:
        yield row("1", checks={"loads": Status.FAIL})
        yield row("2", checks={"loads": Status.PASS, "causal": Status.BLOCKED})

    write(tmp_path / "grades.csv", streamed())
    lines = read(tmp_path / "grades.csv")
    assert list(lines[0]) == [*COLUMNS, "loads", "causal"]
    assert [one["causal"] for one in lines] == ["", "blocked"]


def test_formulas_are_dead_and_quotes_survive(tmp_path: Path) -> None:
    write(tmp_path / "grades.csv", [row("=1", 'A "B", C\n=D')])
    (line,) = read(tmp_path / "grades.csv")
    assert (line["id"], line["name"]) == ("'=1", 'A "B", C⟨LF⟩=D')


def test_the_same_rows_make_the_same_bytes_and_nothing_else(tmp_path: Path) -> None:
    for _ in range(2):
        write(tmp_path / "out/grades.csv", [row(), row("8", "Bo")])
    first = (tmp_path / "out/grades.csv").read_bytes()
    write(tmp_path / "again.csv", [row(), row("8", "Bo")])
    assert (tmp_path / "again.csv").read_bytes() == first
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["grades.csv"]
