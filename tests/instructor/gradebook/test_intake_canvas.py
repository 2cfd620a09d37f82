"""Canvas's export: names are taken apart, and a student's files come together."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from class_exports import ANSWER, FORMS, Files, beside, packed, taken, text
from hypothesis import given
from hypothesis import strategies as st

from pytest_deeprnn.instructor.gradebook.platforms.canvas import read
from pytest_deeprnn.instructor.gradebook.platforms.upload import Listing


@pytest.mark.parametrize("form", FORMS)
def test_every_student_is_an_entry_with_id_and_name(tmp_path: Path, form: str) -> None:
    files: Files = {"kimlena_12_345_student.py": ANSWER, "李雷_LATE_13_346_lab.ipynb": "{}"}
    found = taken(tmp_path, files, form)
    assert list(found) == ["12_kimlena", "13_李雷"]
    kim, li = found.values()
    assert (kim.students[0].id, kim.students[0].name, kim.late) == ("12", "kimlena", False)
    assert (li.platform, li.handed_in, li.late) == ("canvas", "李雷_LATE_13_346_lab.ipynb", True)
    assert (text(kim), beside(kim), beside(li)) == (ANSWER, ["student.py"], ["lab.ipynb"])
    assert kim.submission.given.endswith("kimlena_12_345_student.py")


def test_files_of_one_student_stand_together_under_their_own_names(tmp_path: Path) -> None:
    files: Files = {
        "kim_12_345_my_model.py": ANSWER,
        "kim_12_346_helper-1.py": "x = 1\n",
        "kim_12_347_notes.txt": "",
        "lee_13_348_my_model.py": ANSWER,
    }
    kim = taken(tmp_path, files)["12_kim"]
    assert Path(kim.submission.path).name == "my_model.py"
    assert beside(kim) == ["helper.py", "my_model.py", "notes.txt"]
    assert kim.earlier == ()


def test_the_last_attempt_counts_and_the_others_are_kept(tmp_path: Path) -> None:
    files: Files = {
        "kim_12_100_student.py": "first",
        "kim_12_900_student-2.py": "last",
        "kim_12_200_student-1.py": "second",
    }
    kim = taken(tmp_path, files)["12_kim"]
    assert text(kim) == "last"
    assert [Path(path).name for path in kim.earlier] == [
        "kim_12_100_student.py",
        "kim_12_200_student-1.py",
    ]


def test_a_zip_of_a_student_is_opened_once(tmp_path: Path) -> None:
    inner = packed({"deep.py": "x = 1\n"})
    handed = packed({"hw/student.py": ANSWER, "hw/helper.py": "", "hw/more.zip": inner})
    files: Files = {"kim_12_1_hw.zip": handed, "lee_13_2_student.py": ANSWER}
    files |= {"lee_13_3_parts.zip": packed({"helper.py": "", "student.py": "other"})}
    found = taken(tmp_path, files, "zip")
    assert beside(found["12_kim"]) == ["helper.py", "more.zip", "student.py"]
    assert text(found["13_lee"]) == ANSWER
    assert beside(found["13_lee"]) == ["helper.py", "student.py"]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("kim_12_1_essay.pdf", "pdf", "no .py or .ipynb file was handed in, only essay.pdf"),
        ("kim_12_1_hw.zip", b"no zip", "hw.zip: not a readable zip file"),
        ("kim_12_text.html", "<p>", "text was typed into Canvas"),
    ],
)
def test_who_handed_in_nothing_to_grade_is_listed(
    tmp_path: Path, name: str, content: str | bytes, told: str
) -> None:
    found = taken(tmp_path, {name: content, "lee_13_2_a.py": ANSWER, "mo_14_3_a.py": ANSWER})
    assert list(found) == ["12_kim", "13_lee", "14_mo"]
    assert found["12_kim"].submission.problem.startswith(told)
    assert found["13_lee"].submission.problem == ""


def test_anonymous_students_keep_apart(tmp_path: Path) -> None:
    files: Files = {"anon_aB1cd_10_a.py": ANSWER, "LATE_anon_Xy9z2_11_a.py": ANSWER}
    found = taken(tmp_path, files)
    assert {id_: (one.students[0].name, one.late) for id_, one in found.items()} == {
        "aB1cd": ("", False),
        "Xy9z2": ("", True),
    }


def test_an_odd_file_is_graded_as_what_it_is(tmp_path: Path) -> None:
    files: Files = {f"kim{n}_{n}_{n + 100}_a.py": ANSWER for n in range(1, 4)}
    found = taken(tmp_path, files | {"solution.py": ANSWER, "late mail/student.py": ANSWER})
    plain = {id_ for id_, one in found.items() if one.platform == ""}
    assert (len(found), plain) == (5, {"solution", "student"})


@pytest.mark.parametrize(
    "names",
    [
        ("kim_2024_5_lab.py", "lee_2024_5_lab.py", "mo_2024_5_lab.py"),
        ("kim_2024_05_lab.py", "lee_2024_05_lab.py"),
        ("kim.py", "lee.py", "mo_1_2_a.py"),
    ],
)
def test_a_habit_of_a_class_is_not_taken_for_canvas(tmp_path: Path, names: tuple[str, ...]) -> None:
    found = taken(tmp_path, dict.fromkeys(names, ANSWER))
    assert sorted(one.submission.name for one in found.values()) == sorted(names)
    assert {one.platform for one in found.values()} == {""}


def test_a_file_named_like_another_student_stays_with_its_own(tmp_path: Path) -> None:
    files: Files = {"kim_12_1_x_99_77_student.py": ANSWER, "lee_99_2_student.py": "lee"}
    found = taken(tmp_path, files)
    assert (text(found["12_kim"]), text(found["99_lee"])) == (ANSWER, "lee")


def test_a_link_in_a_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.py").write_text("secret")
    (tmp_path / "export").mkdir()
    (tmp_path / "export/kim_12_1_student.py").symlink_to(tmp_path / "secret.py")
    found = taken(tmp_path, {"lee_13_2_student.py": ANSWER})
    assert "could not be read" in found["12_kim"].submission.problem


_NAMES = st.text(st.characters(categories=["L", "M"]), min_size=1, max_size=20)
_FILES = st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1)


@given(
    st.lists(st.tuples(_NAMES, st.booleans(), _FILES), min_size=1, max_size=8),
    st.integers(1, 10**9),
)
def test_names_parse_back(students: list[tuple[str, bool, str]], start: int) -> None:
    names = [
        f"{name}{'_LATE' if late else ''}_{start + at}_{2 * start + at}_{file}"
        for at, (name, late, file) in enumerate(students)
    ]
    export = read(Listing(Path("export"), (), tuple(names)))
    assert export is not None
    handed = {one.students[0].id: one for one in export.handed}
    for at, (_, late, file) in enumerate(students):
        one = handed[str(start + at)]
        again = re.fullmatch(r"(.+)-[1-9][0-9]*(\.[^.]+)", file, re.DOTALL)
        assert one.late == late
        assert [one.name for one in one.files] == [again[1] + again[2] if again else file]
