"""Gradescope's export: a file says whose the folders are, and it may be hostile."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import yaml
from class_exports import ANSWER, FORMS, Files, exported, taken, text

from pytest_deeprnn.instructor.gradebook.intake import take_in
from pytest_deeprnn.instructor.gradebook.platforms.metadata import BadMetadata, read

ADA = {":name": "Ada Ito", ":sid": "007", ":email": "ada@example.org"}
BO = {":name": "Bo Lin", ":sid": "008", ":email": "bo@example.org"}


def submitted(
    *submitters: dict[str, str], at: str = "2026-03-01 10:00:00.5 Z"
) -> dict[str, object]:
    results = {"tests": [{"name": "t", "score": 1.0, "output": "x" * 5000}]}
    return {":submitters": list(submitters), ":created_at": at, ":results": results, ":history": []}


def of(metadata: dict[str, object], *folders: str) -> Files:
    files: Files = {f"{name}/student.py": f"# {name}\n{ANSWER}" for name in folders}
    return {**files, "submission_metadata.yml": yaml.safe_dump(metadata, allow_unicode=True)}


@pytest.mark.parametrize("form", FORMS)
def test_students_come_from_the_file(tmp_path: Path, form: str) -> None:
    metadata: dict[str, object] = {"submission_1": submitted(ADA), "submission_2": submitted(BO)}
    found = taken(tmp_path, of(metadata, "submission_1", "submission_2"), form)
    assert list(found) == ["007_Ada Ito", "008_Bo Lin"]
    ada = found["007_Ada Ito"]
    assert (ada.students[0].id, ada.students[0].email) == ("007", "ada@example.org")
    assert (ada.platform, ada.handed_in) == ("gradescope", "submission_1")
    assert text(ada).startswith("# submission_1\n")


def test_a_group_has_all_its_students(tmp_path: Path) -> None:
    metadata: dict[str, object] = {"submission_1": submitted(ADA, BO)}
    (group,) = taken(tmp_path, of(metadata, "submission_1")).values()
    assert group.name == "Ada Ito, Bo Lin"


def test_the_last_attempt_of_each_student_counts(tmp_path: Path) -> None:
    metadata: dict[str, object] = {
        "submission_1": submitted(ADA, BO, at="2026-03-02 10:00:00.123456789 -08:00"),
        "submission_2": submitted(ADA, at="2026-03-02 19:00:00.0 Z"),
        "submission_3": submitted(BO, at="2026-03-02 17:00:00 Z"),
    }
    found = taken(tmp_path, of(metadata, *metadata))
    assert {one.handed_in: one.name for one in found.values()} == {
        "submission_1": "Bo Lin",
        "submission_2": "Ada Ito",
    }
    (first,) = (one for one in found.values() if one.handed_in == "submission_1")
    assert [Path(path).name for path in first.earlier] == ["submission_3"]


def test_a_replaced_submission_is_an_earlier_one(tmp_path: Path) -> None:
    last = submitted(ADA) | {":history": [{":id": 1, ":created_at": "x"}, {":id": 5}]}
    found = taken(tmp_path, of({"submission_2": last}, "submission_1", "submission_2"))
    assert list(found) == ["007_Ada Ito"]
    assert [Path(path).name for path in found["007_Ada Ito"].earlier] == ["submission_1"]


def test_what_the_file_or_the_folders_lack_is_listed(tmp_path: Path) -> None:
    no_sid = {":name": "Çelik", ":sid": "", ":email": "c@example.org"}
    metadata: dict[str, object] = {
        "submission_1": submitted(ADA),
        "submission_2": submitted(BO),
        "submission_3": submitted(no_sid),
    }
    found = taken(tmp_path, of(metadata, "submission_1", "submission_3", "submission_4"))
    assert list(found) == ["007_Ada Ito", "008_Bo Lin", "3_Çelik", "submission_4"]
    assert "no folder" in found["008_Bo Lin"].submission.problem
    assert found["submission_4"].students == ()


def test_a_file_that_breaks_off_keeps_what_came_before(tmp_path: Path) -> None:
    files = of({"submission_1": submitted(ADA)}, "submission_1", "submission_2")
    files["submission_metadata.yml"] = f"{files['submission_metadata.yml']!s}submission_2: [}}\n"
    result = take_in([str(exported(tmp_path, "zip", files))], tmp_path / "work")
    assert [one.submission.id for one in result.entries] == ["007_Ada Ito", "submission_2"]
    (note,) = result.notes
    assert "submission_metadata.yml" in note
    assert "\n" not in note


def bomb(levels: int = 40) -> str:
    """Lists of ten aliases to one another: written out, ten to the number of levels."""
    lines = ["a0: &a0 [x, x]"]
    for at in range(levels):
        lines.append(f"a{at + 1}: &a{at + 1} [{', '.join([f'*a{at}'] * 10)}]")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    "hostile",
    [
        bomb(),
        "submission_9:\n  :submitters: &a\n  - *a\n  - :name: *a\n",
        "submission_9: !!python/object/apply:os.system ['exit 1']\n",
        "submission_9:\n  :submitters: {a: b}\n  :created_at: [1]\n  :history: x\n",
        "submission_9:\n  :submitters:\n  - 1\n  - [x]\n  - null\n",
    ],
    ids=["aliases", "itself", "tag", "kinds", "items"],
)
def test_a_hostile_file_neither_hurts_nor_hides(tmp_path: Path, hostile: str) -> None:
    files = of({"submission_1": submitted(ADA)}, "submission_1")
    files["submission_metadata.yml"] = hostile + str(files["submission_metadata.yml"])
    start = time.perf_counter()
    found = taken(tmp_path, files)
    assert time.perf_counter() - start < 5
    assert "007_Ada Ito" in found


@pytest.mark.parametrize(
    "text_", ["[" * 50_000, "a: " * 200, "- x\n", "x\n", "\x00", "{a: {" * 500]
)
def test_a_file_of_something_else_is_told_in_one_line(tmp_path: Path, text_: str) -> None:
    path = tmp_path / "submission_metadata.yml"
    path.write_text(text_)
    with pytest.raises(BadMetadata) as caught:
        list(read(path))
    assert "\n" not in str(caught.value)


def test_an_empty_file_knows_nobody(tmp_path: Path) -> None:
    path = tmp_path / "submission_metadata.yml"
    path.write_text("")
    assert list(read(path)) == []


def test_aliases_as_ruby_writes_them_are_followed(tmp_path: Path) -> None:
    (tmp_path / "m.yml").write_text(
        "submission_1:\n"
        "  :submitters: &1\n"
        "  - :name: &2 Ada\n"
        "    :sid: '1'\n"
        "submission_2:\n"
        "  :submitters: *1\n"
        "submission_3:\n"
        "  :submitters:\n"
        "  - :name: *2\n"
        "    :sid: '2'\n"
    )
    names = {name: one.students[0] for name, one in read(tmp_path / "m.yml")}
    assert names["submission_1"] == names["submission_2"]
    assert (names["submission_3"].name, names["submission_3"].id) == ("Ada", "2")
