"""Links, pipes and folders without end: told for their own submission, others are kept."""

from __future__ import annotations

import hashlib
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from pytest_deeprnn.submission import folders
from pytest_deeprnn.submission.discover import NoSubmission, Submission, discover
from pytest_deeprnn.submission.files import beginning, contents, digest
from pytest_deeprnn.submission.source import Unreadable, read

TEXT = "x = 1\n"
Make = Callable[[Path], None]


@pytest.fixture
def class_folder(tmp_path: Path) -> Path:
    """A class with one right submission, and a secret outside."""
    (tmp_path / "secret.py").write_text("secret = 1\n")
    (tmp_path / "class" / "ann").mkdir(parents=True)
    (tmp_path / "class" / "ann" / "student.py").write_text(TEXT)
    return tmp_path / "class"


def by_student(folder: Path) -> dict[str, Submission]:
    found = discover([str(folder)])
    return {Path(one.given).relative_to(folder).parts[0]: one for one in found}


def told(one: Submission) -> str:
    """The text of a submission, or why there is none."""
    try:
        return read(Path(one.path)).pieces[0].text
    except Unreadable as error:
        return error.message


def _to(target: str) -> Make:
    return lambda path: path.symlink_to(target)


def _loop(path: Path) -> None:
    path.symlink_to(path.name)


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as held:
        held.bind(str(path))


HOSTILE = {
    "passwd": _to("/etc/passwd"),
    "zero": _to("/dev/zero"),
    "tty": _to("/dev/tty"),
    "outside": _to("../secret.py"),
    "another": _to("ann/student.py"),
    "dangling": _to("gone.py"),
    "loop": _loop,
    "pipe": os.mkfifo,
    "socket": _socket,
}


@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_file_of_its_own_is_told_and_loses_no_other(
    class_folder: Path, make: Make
) -> None:
    make(class_folder / "aaa.py")
    found = by_student(class_folder)
    assert told(found["ann"]) == TEXT
    assert "this is no regular file" in told(found["aaa.py"])
    assert found["aaa.py"].sha256() == ""


@pytest.mark.parametrize(
    "target", ["../../secret.py", "../ann/student.py", "/dev/zero", "../gone.py", "student.py"]
)
def test_a_link_out_of_a_students_own_folder_is_not_followed(
    class_folder: Path, target: str
) -> None:
    (class_folder / "aaa").mkdir()
    (class_folder / "aaa" / "student.py").symlink_to(target)
    found = by_student(class_folder)
    assert told(found["ann"]) == TEXT
    assert "hand in the file itself" in told(found["aaa"])


def test_a_link_inside_of_a_students_own_folder_is_followed(class_folder: Path) -> None:
    versions = class_folder / "ann" / "versions"
    versions.mkdir()
    (versions / "v2.py").write_text("y = 2\n")
    (class_folder / "ann" / "student.py").unlink()
    (class_folder / "ann" / "student.py").symlink_to("versions/v2.py")
    assert told(by_student(class_folder)["ann"]) == "y = 2\n"


def test_a_file_is_preferred_to_a_link_that_leads_away(class_folder: Path) -> None:
    (class_folder / "ann" / "main.py").symlink_to("/etc/passwd")
    (class_folder / "ann" / "student.py").rename(class_folder / "ann" / "z.py")
    assert told(by_student(class_folder)["ann"]) == TEXT


def test_a_linked_folder_is_not_searched(class_folder: Path, tmp_path: Path) -> None:
    (class_folder / "ben").symlink_to(tmp_path)
    (class_folder / "cy").symlink_to("ann")
    (class_folder / "loop").symlink_to(".")
    found = by_student(class_folder)
    assert set(found) == {"ann", "ben"}
    assert "hand in the file itself" in told(found["ben"])


def test_a_path_that_the_user_names_may_be_a_link(class_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(class_folder)
    (tmp_path / "link.py").symlink_to(class_folder / "ann" / "student.py")
    for named in ("link", "link.py"):
        (one,) = discover([str(tmp_path / named)])
        assert told(one) == TEXT


@pytest.mark.parametrize("target", ["gone.py", "link.py"], ids=["dangling", "loop"])
def test_a_named_link_that_leads_nowhere_is_told_in_one_line(tmp_path: Path, target: str) -> None:
    (tmp_path / "link.py").symlink_to(target)
    with pytest.raises(NoSubmission, match=r"no such file|Too many levels"):
        discover([str(tmp_path / "link.py")])


def test_a_named_path_that_is_too_long_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(NoSubmission, match="File name too long"):
        discover([str(tmp_path / ("n" * 300 + ".py"))])


def test_a_file_that_became_a_link_is_not_followed(class_folder: Path) -> None:
    one = by_student(class_folder)["ann"]
    Path(one.path).unlink()
    Path(one.path).symlink_to("/etc/passwd")
    assert "hand in the file itself" in told(one)


def test_folders_in_folders_without_end_lose_no_other(class_folder: Path) -> None:
    deep = class_folder / "deep"
    for _ in range(200):
        deep = deep / "d"
    deep.mkdir(parents=True)
    (deep / "student.py").write_text(TEXT)
    found = by_student(class_folder)
    assert told(found["ann"]) == TEXT
    assert "could not be searched" in told(found["deep"])


def test_files_without_end_lose_no_other(
    class_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "_MAX_ENTRIES", 50)
    (class_folder / "many").mkdir()
    for number in range(60):
        (class_folder / "many" / f"{number}.txt").touch()
    found = by_student(class_folder)
    assert told(found["ann"]) == TEXT
    assert "could not be searched" in told(found["many"])


def _refusing(refused: Path) -> Callable[[Path], object]:
    scandir = os.scandir

    def scan(folder: Path) -> object:
        if Path(folder) == refused:
            raise PermissionError(13, "Permission denied", str(folder))
        return scandir(folder)

    return scan


def test_a_folder_that_cannot_be_listed_loses_no_other(
    class_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (class_folder / "ben").mkdir()
    monkeypatch.setattr(os, "scandir", _refusing(class_folder / "ben"))
    found = by_student(class_folder)
    assert told(found["ann"]) == TEXT
    assert "could not be searched" in told(found["ben"])


def test_a_named_folder_that_cannot_be_listed_is_told_in_one_line(
    class_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "scandir", _refusing(class_folder))
    with pytest.raises(NoSubmission, match="Permission denied"):
        discover([str(class_folder)])


def test_a_file_that_may_not_be_opened_is_told(
    class_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(path: Path, flags: int) -> int:
        raise PermissionError(13, "Permission denied", str(path))

    one = by_student(class_folder)["ann"]
    monkeypatch.setattr(os, "open", refused)
    assert told(one) == "the file cannot be opened: Permission denied"


def test_a_hash_reads_no_more_than_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_bytes(b"x" * 1000)
    assert digest(path, 1000) == hashlib.sha256(b"x" * 1000).hexdigest()
    assert digest(path, 999) == ""


def test_no_more_is_read_than_was_agreed(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_bytes(b"x" * 1000)
    assert beginning(path, 10) == b"x" * 10
    assert contents(path, 1000, "too long") == b"x" * 1000
    with pytest.raises(Unreadable, match="too long"):
        contents(path, 999, "too long")
