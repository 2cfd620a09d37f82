"""Which submissions a file or folder holds."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from pytest_deeprnn.submission.discover import MAIN_STEMS, NoSubmission, Submission, discover


def grow(root: Path, *names: str) -> Path:
    """Make files; a name that ends with a slash is a folder."""
    for name in names:
        path = root / name
        (path if name.endswith("/") else path.parent).mkdir(parents=True, exist_ok=True)
        if not name.endswith("/"):
            path.write_text("x = 1\n")
    return root


def mains(found: list[Submission], root: Path) -> list[str]:
    return [Path(one.path).relative_to(root.resolve()).as_posix() for one in found]


@pytest.mark.parametrize("name", ["student.py", "nb.ipynb", "a.b.py", "Aufgabe 1.py", "HW.PY"])
def test_a_single_file_is_a_submission_with_its_folder(tmp_path: Path, name: str) -> None:
    path = grow(tmp_path, name) / name
    (one,) = discover([str(path)])
    stem = name.rpartition(".")[0]
    assert (one.id, one.name, one.given) == (stem, name, str(path))
    assert (one.path, one.folder) == (str(path.resolve()), str(tmp_path.resolve()))


def test_the_hash_is_of_the_bytes(tmp_path: Path) -> None:
    (one,) = discover([str(grow(tmp_path, "a.py") / "a.py")])
    assert one.sha256() == hashlib.sha256(b"x = 1\n").hexdigest()


def test_files_of_a_folder_are_submissions_of_their_own(tmp_path: Path) -> None:
    found = discover([str(grow(tmp_path, "b.py", "a.ipynb", "notes.txt", "data.csv"))])
    assert [(one.id, one.folder) for one in found] == [("a", None), ("b", None)]


@pytest.mark.parametrize(
    "name",
    ["conftest.py", "__init__.py", "setup.py", ".hidden.py", ".git/a.py", "__pycache__/a.py"],
)
def test_what_is_no_submission_is_passed_over(tmp_path: Path, name: str) -> None:
    assert mains(discover([str(grow(tmp_path, name, "a.py"))]), tmp_path) == ["a.py"]


def test_a_folder_inside_is_one_submission(tmp_path: Path) -> None:
    grow(tmp_path, "ann/student.py", "ann/helper.py", "ben/main.py", "ben/utils.py", "cy/deep/x.py")
    found = discover([str(tmp_path)])
    assert mains(found, tmp_path) == ["ann/student.py", "ben/main.py", "cy/deep/x.py"]
    assert [one.folder for one in found] == [str(Path(one.path).parent) for one in found]


@pytest.mark.parametrize("hidden", [".ipynb_checkpoints", ".old", "__pycache__"])
def test_hidden_folders_hold_no_main_file(tmp_path: Path, hidden: str) -> None:
    grow(tmp_path, f"ann/{hidden}/student.py", "ann/week1/a.py")
    assert mains(discover([str(tmp_path)]), tmp_path) == ["ann/week1/a.py"]


@pytest.mark.parametrize("stem", [*MAIN_STEMS, "Student"])
def test_a_usual_name_makes_the_main_file(tmp_path: Path, stem: str) -> None:
    grow(tmp_path, f"ann/{stem}.py", "ann/a.py", "ann/zz.py")
    (tmp_path / "ann/zz.py").write_text("def get_params(): pass\ndef forward(state): pass\n")
    assert mains(discover([str(tmp_path)]), tmp_path) == [f"ann/{stem}.py"]


def test_else_the_file_that_looks_like_the_contract_is_the_main_file(tmp_path: Path) -> None:
    grow(tmp_path, "ann/a.py", "ann/network.py", "ann/z.py")
    (tmp_path / "ann/network.py").write_text("def get_params(): pass\ndef forward(state): pass\n")
    assert mains(discover([str(tmp_path)]), tmp_path) == ["ann/network.py"]


def test_a_main_file_named_by_its_folder_keeps_helpers_beside(tmp_path: Path) -> None:
    grow(tmp_path, "ann/student.py", "ann/helper.py")
    (one,) = discover([str(tmp_path / "ann/student.py")])
    assert one.folder == str((tmp_path / "ann").resolve())


@pytest.mark.parametrize(
    "again",
    [
        lambda root: [str(root), str(root / "a.py")],
        lambda root: [str(root / "a.py"), str(root / "." / "a.py")],
        lambda root: [str(root / "a.py"), str(root / "link.py")],
    ],
    ids=["folder-and-file", "same-file", "link"],
)
def test_a_file_named_twice_counts_once(tmp_path: Path, again: Callable[[Path], list[str]]) -> None:
    grow(tmp_path, "a.py")
    if any("link" in path for path in again(tmp_path)):
        (tmp_path / "link.py").symlink_to(tmp_path / "a.py")
    assert mains(discover(again(tmp_path)), tmp_path) == ["a.py"]


def test_submissions_come_in_the_order_of_the_paths(tmp_path: Path) -> None:
    grow(tmp_path, "b.py", "a.py", "class/c.py")
    paths = [str(tmp_path / name) for name in ("b.py", "class", "a.py")]
    assert [one.id for one in discover(paths)] == ["b", "c", "a"]


@pytest.mark.parametrize(
    ("make", "named", "told"),
    [
        ((), "gone.py", "there is no such file or folder"),
        (("empty/",), "empty", "holds no .py or .ipynb file"),
        (("class/words.txt", "class/ann/words.txt"), "class", "holds no .py or .ipynb file"),
        (("words.txt",), "words.txt", "expected a .py, .ipynb or .zip file, or a folder"),
        (("student",), "student", "expected a .py, .ipynb or .zip file, or a folder"),
    ],
)
def test_no_submission_is_told_in_one_line(
    tmp_path: Path, make: tuple[str, ...], named: str, told: str
) -> None:
    path = grow(tmp_path, *make) / named
    with pytest.raises(NoSubmission) as caught:
        discover([str(path)])
    assert str(caught.value) == f"submission {path}: " + (
        f"the folder {told}" if told.startswith("holds") else told
    )
