"""What is no platform's export is taken in as it is everywhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
from class_exports import ANSWER, grown, packed

from pytest_deeprnn.instructor.gradebook.intake import entries
from pytest_deeprnn.submission.discover import NoSubmission, discover


@pytest.mark.parametrize("form", ["folder", "zip", "file"])
def test_plain_submissions_are_those_that_discover_finds(tmp_path: Path, form: str) -> None:
    grown(tmp_path / "class", {"a.py": ANSWER, "bo/student.py": ANSWER, "bo/h.py": "", "x.txt": ""})
    (tmp_path / "class.zip").write_bytes(packed({"a.py": ANSWER, "bo/student.py": ANSWER}))
    path = {"folder": "class", "zip": "class.zip", "file": "class/a.py"}[form]
    found = entries([str(tmp_path / path)], tmp_path / "work")
    expected = discover([str(tmp_path / path)], tmp_path / "other")
    assert [one.submission.id for one in found] == [one.id for one in expected]
    assert {(one.platform, one.students, one.late) for one in found} == {("", (), False)}


@pytest.mark.parametrize("name", ["gone", "empty", "words.txt", "bad.zip", "a\0b"])
def test_a_path_that_holds_nothing_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "words.txt").write_text("x")
    (tmp_path / "bad.zip").write_text("x")
    with pytest.raises(NoSubmission, match=r"^submission "):
        entries([str(tmp_path / name)], tmp_path / "work")


def test_a_bad_zip_among_others_is_listed(tmp_path: Path) -> None:
    (tmp_path / "bad.zip").write_text("x")
    grown(tmp_path, {"good.py": ANSWER})
    found = entries([str(tmp_path / "bad.zip"), str(tmp_path / "good.py")], tmp_path / "work")
    assert [(one.submission.id, bool(one.submission.problem)) for one in found] == [
        ("bad", True),
        ("good", False),
    ]


def test_exports_and_plain_files_come_in_order_and_each_once(tmp_path: Path) -> None:
    grown(tmp_path / "canvas", {"kim_1_2_a.py": ANSWER, "z.py": ANSWER, "lee_3_4_a.py": ANSWER})
    grown(tmp_path, {"first.py": ANSWER})
    paths = [str(tmp_path / name) for name in ("first.py", "canvas", "canvas/", "canvas/z.py")]
    found = entries(paths, tmp_path / "work")
    assert [one.submission.id for one in found] == ["first", "1_kim", "3_lee", "z"]
    assert len({one.submission.name for one in found}) == 4


def test_a_plain_file_keeps_its_id_beside_a_student_called_so(tmp_path: Path) -> None:
    files = {"kim_1_2_a.py": ANSWER, "lee_3_4_a.py": ANSWER, "1_KIM.py": ANSWER}
    grown(tmp_path / "canvas", dict(files))
    found = entries([str(tmp_path / "canvas")], tmp_path / "work")
    assert [one.submission.id for one in found] == ["1_kim_2", "3_lee", "1_KIM"]


def test_a_name_that_is_not_utf_8_is_told_and_loses_nobody(tmp_path: Path) -> None:
    grown(
        tmp_path / "canvas",
        {
            "kim_1_2_a.py": ANSWER,
            "lee_3_4_a\udcff.py".encode(errors="surrogateescape").decode(
                errors="surrogateescape"
            ): ANSWER,
        },
    )
    kim, lee = entries([str(tmp_path / "canvas")], tmp_path / "work")
    assert kim.submission.problem == ""
    assert "not UTF-8" in lee.submission.problem
    assert lee.handed_in.encode().decode() == lee.handed_in
