"""Submissions out of a zip, which may be hostile."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from pytest_deeprnn.submission import archives
from pytest_deeprnn.submission.discover import NoSubmission, discover

TEXT = "x = 1\n" * 100


def zipped(*names: str, text: str = TEXT) -> bytes:
    """A zip of files of these names."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, "" if name.endswith("/") else text)
    return held.getvalue()


def ids(tmp_path: Path, data: bytes) -> list[str]:
    (tmp_path / "class.zip").write_bytes(data)
    return [one.id for one in discover([str(tmp_path / "class.zip")], tmp_path / "work")]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["a.py", "b.ipynb", "words.txt"], ["a", "b"]),
        (["handin/", "handin/a.py", "handin/b.py"], ["a", "b"]),
        (["ann/student.py", "ann/helper.py", "ben/student.py"], ["ann__student", "ben__student"]),
        (["a.py", "__MACOSX/._a.py", ".DS_Store"], ["a"]),
        (["handin/a.py", "__MACOSX/handin/._a.py"], ["a"]),
        (["handin\\a.py", "handin\\b.py"], ["a", "b"]),
        (["./a.py"], ["a"]),
    ],
)
def test_a_zip_is_a_folder_of_submissions(
    tmp_path: Path, names: list[str], expected: list[str]
) -> None:
    assert ids(tmp_path, zipped(*names)) == expected


def test_the_files_are_unpacked_into_the_workspace(tmp_path: Path) -> None:
    ids(tmp_path, zipped("a.py"))
    (one,) = discover([str(tmp_path / "class.zip")], tmp_path / "work")
    assert Path(one.path).read_text() == TEXT
    assert Path(one.path).is_relative_to((tmp_path / "work").resolve())


@pytest.mark.parametrize(
    "name", ["../evil.py", "a/../../evil.py", "/evil.py", "..\\evil.py", "a/.."]
)
def test_an_entry_that_leads_outside_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(NoSubmission, match="leads outside the zip"):
        ids(tmp_path, zipped(name))
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path.name for path in written] == ["class.zip"]


def test_a_link_is_never_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.py"
    secret.write_text("secret = 1\n")
    link = zipfile.ZipInfo("a.py")
    link.external_attr = 0o120777 << 16
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(link, str(secret))
    (tmp_path / "class.zip").write_bytes(held.getvalue())
    try:
        found = discover([str(tmp_path / "class.zip")], tmp_path / "work")
    except NoSubmission:
        found = []
    assert all("secret = 1" not in Path(one.path).read_text() for one in found)


def test_what_unpacks_to_too_much_is_refused_before_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MAX_TOTAL", 500)
    with pytest.raises(NoSubmission, match="more than 500 bytes"):
        ids(tmp_path, zipped("a.py", "b.py"))
    assert not [path for path in (tmp_path / "work").rglob("*") if path.is_file()]
    monkeypatch.setattr(archives, "MAX_TOTAL", 1000)
    assert ids(tmp_path, zipped("a.py")) == ["a"]


def encrypted() -> bytes:
    data = bytearray(zipped("a.py"))
    data[6] |= 1  # the flag in the entry's own header
    data[data.index(b"PK\1\2") + 8] |= 1  # and in the directory
    return bytes(data)


def of_another_method() -> bytes:
    data = bytearray(zipped("a.py"))
    data[8] = data[data.index(b"PK\1\2") + 10] = 9  # Deflate64
    return bytes(data)


def damaged() -> bytes:
    data = bytearray(zipped("a.py"))
    start = 30 + len("a.py")
    data[start : start + 3] = b"\xff\xff\xff"
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "not a readable zip file"),
        (b"no zip at all", "not a readable zip file"),
        (zipped("a.py")[:-30], "not a readable zip file"),
        (zipped(), "holds no file"),
        (zipped("empty/"), "holds no file"),
        (zipped("words.txt"), "holds no .py or .ipynb file"),
        (encrypted(), "not a readable zip file"),
        (of_another_method(), "not a readable zip file"),
        (damaged(), "not a readable zip file"),
    ],
    ids=[
        "empty",
        "text",
        "cut",
        "no-entry",
        "folder",
        "words",
        "encrypted",
        "method",
        "damaged",
    ],
)
def test_a_zip_without_submissions_is_told_in_one_line(
    tmp_path: Path, data: bytes, told: str
) -> None:
    with pytest.raises(NoSubmission, match=told) as caught:
        ids(tmp_path, data)
    assert str(caught.value).startswith("submission ")
    assert "\n" not in str(caught.value)


def test_two_zips_of_one_name_are_kept_apart(tmp_path: Path) -> None:
    for name in ("monday", "tuesday"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "hw.zip").write_bytes(zipped("a.py", text=f"day = '{name}'\n"))
    paths = [str(tmp_path / name / "hw.zip") for name in ("monday", "tuesday")]
    texts = [Path(one.path).read_text() for one in discover(paths, tmp_path / "work")]
    assert texts == ["day = 'monday'\n", "day = 'tuesday'\n"]


def test_an_empty_zip_among_others_is_a_submission_that_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "ann.zip").write_bytes(zipped())
    (tmp_path / "bob.py").write_text(TEXT)
    ann, bob = discover([str(tmp_path / "ann.zip"), str(tmp_path / "bob.py")], tmp_path / "work")
    assert (ann.id, ann.problem) == ("ann", "the zip holds no file")
    assert (bob.id, bob.problem) == ("bob", "")


def test_a_name_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path / "bad") + b"\xff.py"
    Path(os.fsdecode(path)).write_text(TEXT)
    (found,) = discover([os.fsdecode(path)])
    assert "not UTF-8" in found.problem
    assert found.path.encode().endswith(b".py")
