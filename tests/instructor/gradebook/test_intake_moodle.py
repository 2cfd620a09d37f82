"""Moodle's export: folders or files that are named after the student."""

from __future__ import annotations

from pathlib import Path

import pytest
from class_exports import ANSWER, FORMS, Files, beside, grown, packed, taken, text
from hypothesis import given
from hypothesis import strategies as st

from pytest_deeprnn.instructor.gradebook.intake import entries
from pytest_deeprnn.instructor.gradebook.platforms.moodle import read
from pytest_deeprnn.instructor.gradebook.platforms.upload import Listing

KIM = "Kim Lena_12_assignsubmission_file"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("end", ["", "_"])
def test_a_folder_is_a_student(tmp_path: Path, form: str, end: str) -> None:
    files: Files = {
        f"{KIM}{end}/student.py": ANSWER,
        f"{KIM}{end}/helper.py": "",
        f"علي حسن_13_assignsubmission_file{end}/deep/er/lab.ipynb": "{}",
    }
    found = taken(tmp_path, files, form)
    kim, ali = found["12_Kim Lena"], found["13_علي حسن"]
    assert (kim.students[0].id, kim.students[0].name) == ("12", "Kim Lena")
    assert (kim.platform, kim.handed_in) == ("moodle", f"{KIM}{end}")
    assert (beside(kim), beside(ali)) == (["helper.py", "student.py"], ["lab.ipynb"])
    assert kim.submission.given.endswith(f"{KIM}{end}/student.py")


def test_a_single_student_of_a_zip_is_known_by_name(tmp_path: Path) -> None:
    assert list(taken(tmp_path, {f"{KIM}/student.py": ANSWER}, "zip")) == ["12_Kim Lena"]


def test_files_without_folders_belong_to_their_student(tmp_path: Path) -> None:
    files: Files = {f"{KIM}_my_model.py": ANSWER, f"{KIM}_helper.py": "", f"{KIM}_a.pdf": ""}
    (kim,) = taken(tmp_path, files).values()
    assert Path(kim.submission.path).name == "my_model.py"
    assert beside(kim) == ["a.pdf", "helper.py", "my_model.py"]


def test_text_typed_in_is_no_file(tmp_path: Path) -> None:
    typed = "assignsubmission_onlinetext/onlinetext.html"
    files: Files = {
        f"{KIM}/student.py": ANSWER,
        f"Kim Lena_12_{typed}": "hello",
        f"Lee Bo_13_{typed}": "hello",
    }
    found = taken(tmp_path, files)
    assert list(found) == ["12_Kim Lena", "13_Lee Bo"]
    assert text(found["12_Kim Lena"]) == ANSWER
    assert "typed into Moodle" in found["13_Lee Bo"].submission.problem


def test_a_zip_in_a_folder_is_opened(tmp_path: Path) -> None:
    files: Files = {
        f"{KIM}/hw.zip": packed({"student.py": ANSWER, "helper.py": ""}),
        "Lee Bo_13_assignsubmission_file/lab.py": ANSWER,
    }
    found = taken(tmp_path, files)
    assert beside(found["12_Kim Lena"]) == ["helper.py", "student.py"]
    assert not (tmp_path / "export" / KIM / "student.py").exists()


def test_hidden_names_are_told_apart(tmp_path: Path) -> None:
    files: Files = {f"Teilnehmer_{n}_assignsubmission_file/a.py": ANSWER for n in (3, 4)}
    found = taken(tmp_path, files)
    assert [one.name for one in found.values()] == ["Teilnehmer 3", "Teilnehmer 4"]


def test_an_empty_folder_and_a_pdf_are_listed(tmp_path: Path) -> None:
    files: Files = {f"{KIM}/.keep": "", "Bo_13_assignsubmission_file/x.pdf": "", "x.txt": ""}
    found = taken(tmp_path, files)
    told = [one.submission.problem for one in found.values()]
    assert all("handed in" in problem for problem in told)
    assert len(told) == 2


def test_of_two_exports_the_later_one_counts(tmp_path: Path) -> None:
    other = "Lee Bo_13_assignsubmission_file/a.py"
    first = grown(tmp_path / "first", {f"{KIM}/student.py": "old", other: ANSWER})
    second = grown(tmp_path / "second", {f"{KIM}/student.py": "new"})
    found = entries([str(first), str(second), str(second)], tmp_path / "work")
    assert [one.name for one in found] == ["Lee Bo", "Kim Lena"]
    assert text(found[1]) == "new"
    assert found[1].earlier == (str(first / KIM),)


_NAMES = st.text(st.characters(categories=["L", "M", "Zs"], exclude_characters="_"), min_size=1)


@given(st.lists(_NAMES.filter(lambda name: name.strip() != ""), min_size=2), st.booleans())
def test_names_parse_back(names: list[str], old: bool) -> None:
    folders = [
        f"{name}_{at}_assignsubmission_file{'_' if old else ''}" for at, name in enumerate(names)
    ]
    export = read(Listing(Path("export"), tuple(folders), ()))
    assert export is not None
    assert {one.students[0].id for one in export.handed} == set(map(str, range(len(names))))
    assert {one.name for one in export.handed} == set(folders) == export.claimed
