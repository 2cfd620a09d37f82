"""Makes exports of learning platforms, and rows of a gradebook, for the tests beside it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

from pytest_deeprnn.core.report import Status
from pytest_deeprnn.instructor.gradebook.entry import Entry, Row, Student
from pytest_deeprnn.instructor.gradebook.intake import entries
from pytest_deeprnn.submission.discover import Submission

Files = dict[str, str | bytes]

FORMS = ("folder", "zip", "wrapped-folder", "wrapped-zip")
ANSWER = "def get_params(): pass\ndef init_state(): pass\ndef forward(): pass\n"


def packed(files: Files) -> bytes:
    """A zip of these files."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


def grown(root: Path, files: Files) -> Path:
    """A folder of these files."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def exported(tmp_path: Path, form: str, files: Files) -> Path:
    """An export of files: a folder or zip, by itself or with a folder around it."""
    if form.startswith("wrapped"):
        files = {f"assignment_1_export/{name}": content for name, content in files.items()}
    if form.endswith("folder"):
        return grown(tmp_path / "export", files)
    (tmp_path / "export.zip").write_bytes(packed(files))
    return tmp_path / "export.zip"


def taken(tmp_path: Path, files: Files, form: str = "folder") -> dict[str, Entry]:
    """The entries of an export, by their ids."""
    path = exported(tmp_path, form, files)
    return {one.submission.id: one for one in entries([str(path)], tmp_path / "work")}


def text(one: Entry) -> str:
    """What stands in the main file."""
    return Path(one.submission.path).read_text()


def beside(one: Entry) -> list[str]:
    """The files of the main file's folder."""
    assert one.submission.folder is not None
    return sorted(path.name for path in Path(one.submission.folder).iterdir())


def row(
    id_: str = "7",
    name: str = "Kim Lena",
    score: float = 17.0,
    *,
    platform: Any = "moodle",
    students: tuple[Student, ...] | None = None,
    verdict: Any = "fail",
    late: bool = False,
    email: str = "",
    **others: Any,
) -> Row:
    """A row of the gradebook, of one student where nothing else is said."""
    submission = Submission(id=f"{id_}_{name}", name="x.py", path="x.py", given="x.py")
    who = (Student(id=id_, name=name, email=email),) if students is None else students
    entry = Entry(submission=submission, students=who, platform=platform, late=late)
    checks = {"loads": Status.PASS, "own-state": Status.FAIL}
    fields: dict[str, Any] = {"checks": checks, "max_score": 20.0, "exercise": "deep-gru", **others}
    return Row(entry=entry, page=submission.id, verdict=verdict, score=score, **fields)
