"""Moodle's worksheet is filled in place, in any language; feedback has its own folders."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path

import pytest
from class_exports import row
from hypothesis import given
from hypothesis import strategies as st

from pytest_deeprnn.instructor.gradebook.entry import Row
from pytest_deeprnn.instructor.gradebook.exports.graded import Filled
from pytest_deeprnn.instructor.gradebook.exports.moodle import feedback_zip, fill
from pytest_deeprnn.instructor.gradebook.exports.scores import BadExport
from pytest_deeprnn.instructor.gradebook.exports.sheet import Sheet

ENGLISH = (
    'Identifier,"Full name","Email address",Status,Grade,"Maximum Grade",'
    '"Grade can be changed","Last modified (submission)","Last modified (grade)",'
    '"Feedback comments"\n'
    '"Participant 7","Kim Lena",kim@example.org,"Submitted for grading - ",,100.00,Yes,'
    '"Monday, 2 March 2026, 10:00 AM",-,\n'
    '"Participant 8","Lee ""Bo"" Bo",lee@example.org,"No submission - ",5.00,100.00,Yes,-,-,"<p>x\n'
    'y</p>"\n'
)
GERMAN = (
    "ID;Vollständiger Name;Status;Bewertung;Bestwertung;Bewertung kann geändert werden;"
    "Zuletzt geändert (Abgabe);Zuletzt geändert (Bewertung);Feedback als Kommentar\r\n"
    "Teilnehmer/in7;Kim Lena;Zur Bewertung abgegeben;;100,00;Ja;-;-;\r\n"
    "Teilnehmer/in8;Müller Jörg;Keine Abgabe;;100,00;Ja;-;-;\r\n"
)
UNKNOWN = (
    "A,B,C,D,E,F,G,H,I\n"
    "Osallistuja 7,Kim Lena,Tila,,10.00,Kyllä,maanantai 10:00,-,\n"
    "Osallistuja 8,Lee Bo,Tila,,10.00,Ei,-,-,\n"
)


def filled(tmp_path: Path, data: bytes, rows: list[Row], column: str = "") -> tuple[bytes, Filled]:
    (tmp_path / "sheet.csv").write_bytes(data)
    told = fill(tmp_path / "sheet.csv", tmp_path / "out.csv", iter(rows), column)
    return (tmp_path / "out.csv").read_bytes(), told


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "marked"])
def test_grade_and_comment_are_filled_and_all_other_bytes_stay(tmp_path: Path, mark: bytes) -> None:
    one = row("7", score=17, causes=("shared-state",))
    out, told = filled(tmp_path, mark + ENGLISH.encode(), [one, row("55", "Gone")])
    comment = "Score 17 of 20. Not passed: own-state. Causes: shared-state."
    expected = ENGLISH.replace(',,100.00,Yes,"Mon', ',85,100.00,Yes,"Mon')
    expected = expected.replace('AM",-,', f'AM",-,{comment}')
    assert out == mark + expected.encode()
    assert told == Filled(1, ("55_Gone",))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_other_languages_separators_and_encodings(tmp_path: Path, encoding: str) -> None:
    out, told = filled(tmp_path, GERMAN.encode(encoding), [row("7", score=17.5)])
    assert told.lines == 1
    assert out.decode(encoding) == GERMAN.replace(
        "abgegeben;;100,00;Ja;-;-;",
        "abgegeben;87,5;100,00;Ja;-;-;Score 17.5 of 20. Not passed: own-state.",
    )


def test_an_unknown_language_is_read_by_position(tmp_path: Path) -> None:
    out, _ = filled(tmp_path, UNKNOWN.encode(), [row("8", "Lee Bo", 20)])
    assert out.decode() == UNKNOWN.replace(
        "Lee Bo,Tila,,10.00,Ei,-,-,",
        "Lee Bo,Tila,10,10.00,Ei,-,-,Score 20 of 20. Not passed: own-state.",
    )


def test_an_error_leaves_the_line_as_it_was(tmp_path: Path) -> None:
    out, told = filled(tmp_path, ENGLISH.encode(), [row("8", verdict="error", score=0)])
    assert (out, told) == (ENGLISH.encode(), Filled(0))


def test_a_group_is_found_by_its_name_and_not_by_its_number(tmp_path: Path) -> None:
    sheet = (
        "Identifier,Full name,Group,Grade,Maximum Grade\n"
        "Participant 7,Kim Lena,Reds,,20.00\n"
        "Participant 8,Lee Bo,Blues,,20.00\n"
        "Participant 9,Mo,Reds,,20.00\n"
    )
    out, told = filled(tmp_path, sheet.encode(), [row("8", "Reds", 17)])
    assert out.decode() == sheet.replace("Reds,,", "Reds,17,")
    assert told == Filled(2)


def test_a_namesake_who_handed_in_nothing_gets_nothing(tmp_path: Path) -> None:
    sheet = (
        "Identifier,Full name,Grade,Maximum Grade\n"
        "Participant 7,Wei Wang,,20.00\n"
        "Participant 8,Wei Wang,,20.00\n"
    )
    out, _ = filled(tmp_path, sheet.encode(), [row("8", "Wei Wang", 17)])
    assert out.decode() == sheet.replace("8,Wei Wang,,", "8,Wei Wang,17,")


def test_hidden_names_are_found_by_number(tmp_path: Path) -> None:
    sheet = "Identifier,Status,Grade,Maximum Grade\nParticipant 7,x,,20.00\n"
    out, _ = filled(tmp_path, sheet.encode(), [row("7", "Participant 7", 17)])
    assert out.decode() == sheet.replace("x,,", "x,17,")


@pytest.mark.parametrize(
    ("text", "column", "told"),
    [
        ("", "", "the file is empty"),
        ("Name,Grade\nKim,\n", "", "no column of participants"),
        ("Identifier,Mark\nParticipant 7,\n", "", "cannot tell which column holds the grade"),
        ("Identifier,Grade\nParticipant 7,\n", "Mark", "name one of 'Identifier', 'Grade'"),
        ('ID,Bewertung,Skala\nTeilnehmer/in7,,"nein\nja"\n', "", "a scale of words"),
    ],
)
def test_a_worksheet_that_does_not_fit_is_told_in_one_line(
    tmp_path: Path, text: str, column: str, told: str
) -> None:
    with pytest.raises(BadExport) as caught:
        filled(tmp_path, text.encode(), [row()], column)
    assert told in str(caught.value)
    assert "sheet.csv" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_named_column_is_taken(tmp_path: Path) -> None:
    out, _ = filled(tmp_path, b"Identifier,Mark\nParticipant 7,\n", [row("7")], "mark")
    assert out == b"Identifier,Mark\nParticipant 7,17\n"


@given(st.lists(st.text(alphabet='ab",;\t\r\n é', max_size=12), min_size=1), st.sampled_from(",;"))
def test_what_is_not_changed_keeps_its_bytes(parts: list[str], separator: str) -> None:
    data = f"h{separator}".encode() + separator.join(parts).encode()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sheet.csv"
        path.write_bytes(data)
        sheet = Sheet.read(path)
    assert b"".join(map(sheet.encoded, sheet.records)) == data


def test_feedback_goes_into_moodles_folders(tmp_path: Path) -> None:
    rows = [row("7", "Kim_Lena $x"), row("8", "李雷"), row("9", "Mo"), row("1", platform="canvas")]
    pages = tmp_path / "pages"
    pages.mkdir()
    for one in rows[:2]:
        (pages / f"{one.page}.html").write_text(one.page)
    told = feedback_zip(tmp_path / "a.zip", iter(rows), pages)
    assert told == Filled(2, ("9_Mo", "1_Kim Lena"))
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        names = archive.namelist()
        assert [archive.read(name).decode() for name in names] == [one.page for one in rows[:2]]
    for name, id_ in zip(names, ("7", "8"), strict=True):
        folder, page = name.split("/")
        fields = folder.split("_", 4)  # as Moodle takes them apart
        assert (fields[1:], page) == ([id_, "assignsubmission", "file"], "deep-gru.html")
    feedback_zip(tmp_path / "b.zip", iter(rows), pages)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
