"""A hostile entry of a zip is left out, and loses none of the others."""

from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from pytest_deeprnn.submission import archives
from pytest_deeprnn.submission.discover import NoSubmission, Submission, discover
from pytest_deeprnn.submission.source import Unreadable, read

TEXT = "x = 1\n"
Entry = tuple[str | zipfile.ZipInfo, str | bytes]


def zipped(*entries: Entry) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return held.getvalue()


def found(tmp_path: Path, data: bytes) -> dict[str, Submission]:
    (tmp_path / "class.zip").write_bytes(data)
    return {one.id: one for one in discover([str(tmp_path / "class.zip")], tmp_path / "work")}


def of_kind(name: str, mode: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.external_attr = mode << 16
    return entry


def is_read(one: Submission) -> bool:
    try:
        return [piece.text for piece in read(Path(one.path)).pieces] == [TEXT]
    except Unreadable:
        return False


@pytest.mark.parametrize(
    "name",
    [
        "../evil.py",
        "ann/../../evil.py",
        "/tmp/evil.py",
        "\\evil.py",
        "..\\evil.py",
        "C:\\evil.py",
        "C:evil.py",
        "//host/share/evil.py",
        "/".join(["deep"] * 30) + "/evil.py",
        "n" * 300 + "/evil.py",
    ],
)
def test_an_entry_with_a_hostile_path_loses_no_other(tmp_path: Path, name: str) -> None:
    submissions = found(tmp_path, zipped((name, TEXT), ("ann/student.py", TEXT)))
    assert is_read(submissions["student"])
    outside = {path for path in tmp_path.rglob("evil.py") if path.is_file()}
    assert outside == set()
    assert not Path("/tmp/evil.py").exists()


@pytest.mark.parametrize("name", ["a\x1b[31m.py", "a\u202eyp.txt.py", "a\n.py", "a\t.py"])
def test_characters_that_act_are_taken_out_of_names(tmp_path: Path, name: str) -> None:
    (one,) = found(tmp_path, zipped((name, TEXT))).values()
    assert Path(one.path).name.isprintable()
    assert is_read(one)


def test_a_name_with_a_nul_is_left_out(tmp_path: Path) -> None:
    data = zipped(("evilX.py", TEXT), ("b.py", TEXT)).replace(b"evilX.py", b"evil\0.py")
    assert list(found(tmp_path, data)) == ["b"]


@pytest.mark.parametrize(
    "mode",
    [0o120777, 0o020666, 0o060666, 0o010666, 0o140666],
    ids=["link", "char", "block", "pipe", "socket"],
)
def test_what_is_no_plain_file_is_reported_and_not_made(tmp_path: Path, mode: int) -> None:
    submissions = found(tmp_path, zipped((of_kind("a.py", mode), "/etc/passwd"), ("b.py", TEXT)))
    assert {id_: is_read(one) for id_, one in submissions.items()} == {"a": False, "b": True}


def test_an_encrypted_or_damaged_entry_is_reported_beside_the_others(tmp_path: Path) -> None:
    data = bytearray(zipped(("a.py", TEXT * 50), ("b.py", TEXT), ("c/student.py", TEXT * 50)))
    data[6] |= 1  # a.py is encrypted
    data[data.index(b"PK\1\2") + 8] |= 1
    start = data.index(b"c/student.py") + len("c/student.py")
    data[start : start + 3] = b"\xff\xff\xff"
    submissions = found(tmp_path, bytes(data))
    assert {id_: is_read(one) for id_, one in submissions.items()} == {
        "a": False,
        "b": True,
        "student": False,
    }


def test_a_bomb_is_reported_and_the_others_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MAX_ENTRY", 100_000)
    bomb = b"\0" * 1_000_000
    submissions = found(tmp_path, zipped(("bomb.py", bomb), ("b.py", TEXT)))
    assert {id_: is_read(one) for id_, one in submissions.items()} == {"b": True, "bomb": False}
    assert sum(path.stat().st_size for path in (tmp_path / "work").rglob("*.py")) < 1000


def test_a_lying_size_unpacks_no_more_than_it_says(tmp_path: Path) -> None:
    bomb = b"\0" * 10_000_000
    data = bytearray(zipped(("bomb.py", bomb), ("b.py", TEXT)))
    listed = data.index(b"PK\1\2")
    data[listed + 24 : listed + 28] = struct.pack("<I", 10)
    submissions = found(tmp_path, bytes(data))
    assert {id_: is_read(one) for id_, one in submissions.items()} == {"b": True, "bomb": False}


def test_all_entries_together_are_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_TOTAL", 300_000)
    data = zipped(*((f"data{number:02}.txt", b"\0" * 100_000) for number in range(10)))
    submissions = found(tmp_path, zipped(("b.py", TEXT)))
    assert is_read(submissions["b"])
    with pytest.raises(NoSubmission, match=r"holds no \.py"):
        found(tmp_path, data)
    assert sum(one.stat().st_size for one in (tmp_path / "work").rglob("data*.txt")) <= 300_000


def test_too_many_entries_are_refused_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MAX_ENTRIES", 10)
    with pytest.raises(NoSubmission, match=r"class\.zip: it holds more than 10 entries"):
        found(tmp_path, zipped(*((f"a{number}.py", TEXT) for number in range(11))))


def test_a_list_of_entries_without_end_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "_MAX_LIST", 70_000)
    data = zipped(*((f"{'n' * 200}{number}.py", TEXT) for number in range(400)))
    with pytest.raises(NoSubmission, match="more than 20000 entries"):
        found(tmp_path, data)


def test_a_zip_in_a_zip_is_not_unpacked(tmp_path: Path) -> None:
    inner = zipped(("c.py", TEXT))
    assert list(found(tmp_path, zipped(("inner.zip", inner), ("b.py", TEXT)))) == ["b"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_of_two_entries_of_one_name_the_first_counts(tmp_path: Path) -> None:
    data = zipped(("a.py", TEXT), ("a.py", "y = 2\n"), ("./a.py", "z = 3\n"))
    (one,) = found(tmp_path, data).values()
    assert is_read(one)


def test_names_that_differ_in_case_only_lose_nobody(tmp_path: Path) -> None:
    submissions = found(tmp_path, zipped(("Ann.py", TEXT), ("ann.py", TEXT)))
    assert len(submissions) == 2
    assert any(map(is_read, submissions.values()))


@pytest.mark.parametrize("file_first", [True, False])
def test_a_file_named_as_a_folder_loses_nothing_in_it(tmp_path: Path, file_first: bool) -> None:
    entries: list[Entry] = [("ann", TEXT), ("ann/student.py", TEXT)]
    submissions = found(tmp_path, zipped(*(entries if file_first else reversed(entries))))
    assert [is_read(one) for one in submissions.values()] == [True]


def test_a_name_that_is_no_utf_8_refuses_the_zip_in_one_line(tmp_path: Path) -> None:
    data = zipped(("é.py", TEXT)).replace("é".encode(), b"\xff\xff")
    with pytest.raises(NoSubmission, match="not a readable zip file"):
        found(tmp_path, data)


def test_a_full_disk_is_not_taken_for_a_hostile_entry(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(place: Path) -> None:
        raise OSError(28, os.strerror(28), str(place))

    monkeypatch.setattr(archives, "_new_file", full)
    with pytest.raises(NoSubmission, match=r"No space left"):
        found(tmp_path, zipped(("a.py", TEXT)))


GRADED = "from pytest_deeprnn.submission.discover import discover; print(discover(['{}'])[0].path)"


@pytest.mark.parametrize("ending", ["", "\nraise SystemExit(3)", "\nraise KeyboardInterrupt"])
def test_what_was_unpacked_goes_with_the_process(tmp_path: Path, ending: str) -> None:
    path = tmp_path / "class.zip"
    path.write_bytes(zipped(("a.py", TEXT)))
    work = tmp_path / "temporary"
    work.mkdir()
    code = GRADED.format(path) + ending
    environment = {**os.environ, "TMPDIR": str(work)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    assert done.stdout.startswith(str(work))
    assert list(work.iterdir()) == []
