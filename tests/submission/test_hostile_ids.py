"""Whatever a file is called, its report has a place of its own inside of the report folder."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from pytest_deeprnn.submission.discover import discover
from pytest_deeprnn.submission.ids import Named, Placed, file_stem, fresh, named

STEMS = (
    "..",
    "../../etc/passwd",
    "C:\\x",
    "a\nb",
    "\x1b[31mred",
    "::error ::pwn",
    "x::deep-gru::own-state",
    "##[error]x",
    "gpj\u202eyp",
    "-rf",
    "--help",
    ".hidden",
    "~root",
    "con",
    "AUX.b",
    "lpt1",
    "index",
    "Grades",
    "kim.",
    "kim. .",
    " kim ",
    "a" * 252,
    "深" * 83,
    "$(reboot)",
    "`reboot`;x&y|z",
    '"quoted" <b> \'s?*',
    "\u200d",
    "\u3164",
)
SUFFIX = ".some-longer-exercise-of-a-course.html"


def name_all(*paths: str) -> list[Named]:
    root = Path("/class")
    return named([Placed(path, root / path) for path in paths])


@pytest.mark.parametrize("stem", STEMS)
def test_a_stem_is_a_file_name_anywhere(stem: str) -> None:
    made = file_stem(stem)
    file = f"{made}_2{SUFFIX}"
    assert made
    assert PurePosixPath(file).parts == (file,)
    assert PureWindowsPath(file).parts == (file,)
    assert PureWindowsPath(f"{made}.html").stem.split(".")[0].lower() not in {"con", "aux", "lpt1"}
    assert len(file.encode()) <= 255
    assert not re.search(r'[<>:"/\\|?*`$;&\x00-\x1f\x7f]', file)
    assert not made.startswith(("-", ".", "~"))
    assert made == made.rstrip(" .")
    assert made.casefold() not in {"index", "grades"}
    assert {unicodedata.category(char) for char in made}.isdisjoint({"Cc", "Cf", "Cs", "Zl", "Zp"})


@pytest.mark.parametrize("stem", [*STEMS, "kim", "王伟", "علی", "hand in 1", "a.b", "a__b"])
def test_a_stem_stays_as_it_is(stem: str) -> None:
    once = file_stem(stem)
    assert file_stem(once) == once


@pytest.mark.parametrize(
    "stem", ["kim", "王伟", "علی", "hand in 1", "a.b", "a__s", "José", "K-1(2)"]
)
def test_honest_names_are_ids(stem: str) -> None:
    (one,) = name_all(f"{stem}.py")
    assert one == Named(stem, f"{stem}.py")


@pytest.mark.parametrize("stem", STEMS)
def test_a_name_is_one_part_of_a_node_id(stem: str) -> None:
    (one,) = name_all(f"{stem.replace('/', '_')}.py")
    assert "::" not in one.name
    assert one.name.endswith(".py")
    assert not {"\n", "\r", "\x1b", "\u202e", "\u200d", "\u3164"} & set(one.name)


@pytest.mark.parametrize(
    "files",
    [
        ("kim.py", "Kim.py", "KIM.py"),
        ("jos\u00e9.py", "jose\u0301.py"),
        ("stra\u00dfe.py", "strasse.py"),
        ("kim.py", "kim .py", "kim..py", "ki\u200bm.py"),
        ("علی.py", "عل\u200dی.py"),
        ("a b.py", "a  b.py", "a\u00a0b.py"),
        ("index.py", "_index.py", "INDEX.py"),
        ("a" * 200 + "1.py", "a" * 200 + "2.py"),
        ("\x1b.py", "⟨ESC⟩.py", "_ESC_.py"),
        ("a\nb.py", "a⟨LF⟩b.py"),
        ("kim_2.py", "kim.py", "Kim.py"),
        ("a::b.py", "a⟨:⟩⟨:⟩b.py"),
        ("x" * 2000 + "/1.py", "x" * 2000 + "/2.py"),
    ],
)
def test_no_two_reports_have_one_file(files: tuple[str, ...]) -> None:
    found = name_all(*files)
    ids = {unicodedata.normalize("NFD", one.id).casefold() for one in found}
    assert len(ids) == len(files)
    assert len({one.name for one in found}) == len(files)


def test_fresh_knows_what_other_systems_take_for_one() -> None:
    taken: set[str] = set()
    assert [fresh(name, taken) for name in ("a", "A", "a_2")] == ["a", "A_2", "a_2_2"]


def test_a_zip_called_dots_is_unpacked_inside_of_the_workspace(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "...zip", "w") as archive:
        archive.writestr("kim.py", "x = 1\n")
    (one,) = discover([str(tmp_path / "...zip")], tmp_path / "inner" / "workspace")
    assert tmp_path / "inner" / "workspace" in Path(one.path).parents


def test_a_name_that_is_not_utf8_is_shown(tmp_path: Path) -> None:
    (tmp_path / "bad\udcff.py").write_text("x = 1\n")
    (one,) = discover([str(tmp_path)])
    assert (one.id, one.name) == ("bad_U+DCFF_", "bad⟨U+DCFF⟩.py")
    one.given.encode()
