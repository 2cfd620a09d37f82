"""A run over a class: what is graded, what is known already, and what is left behind."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from pytest_deeprnn.core.exercise import Exercise, load
from pytest_deeprnn.core.report import Report, SubmissionId, error_report, from_json
from pytest_deeprnn.core.settings import Settings
from pytest_deeprnn.instructor.gradebook import cache_key
from pytest_deeprnn.instructor.gradebook.entry import Row
from pytest_deeprnn.instructor.gradebook.intake import entries
from pytest_deeprnn.instructor.gradebook.jobs import Graded, Job, failed
from pytest_deeprnn.instructor.gradebook.run import Run
from pytest_deeprnn.instructor.gradebook.store import Store, StoreFailed


def told(submission: str, score: float, verdict: str = "fail", seconds: float = 1.0) -> Report:
    """A report as a grader may give it."""
    one = error_report(SubmissionId(id=submission, path="x.py", sha256=""), "rnn", "")
    timing = replace(one.timing, total_s=seconds)
    return replace(one, verdict=verdict, score=score, max_score=100, checks=(), timing=timing)


class Points:
    """Grades by what a file's first line says: the points, or that grading fails or stops."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def grade(self, jobs: Iterable[Job], exercise: Exercise) -> Iterator[Graded]:
        for job in jobs:
            self.asked.append(job.submission.id)
            said = Path(job.submission.path).read_text().split()[1]
            if said == "stops":
                raise KeyboardInterrupt
            if said == "fails":
                yield failed(job, exercise, "the grader's process ended")
            else:
                yield Graded(job.key, told(job.submission.id, float(said), seconds=float(said)))

    def close(self) -> None:
        """Nothing is open."""


class Heard:
    """Progress that is remembered."""

    def __init__(self) -> None:
        self.begun: tuple[int, int] | None = None
        self.rows: list[Row] = []

    def begin(self, total: int, known: int) -> None:
        self.begun = (total, known)

    def advance(self, row: Row) -> None:
        self.rows.append(row)


class Class:
    """A class folder, and what runs over it leave."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "class"
        self.out = folder / "out"
        self.folder.mkdir()
        self.out.mkdir()
        self.executor = Points()
        self.heard = Heard()

    def hand_in(self, **said: str) -> None:
        for name, text in said.items():
            (self.folder / f"{name}.py").write_text(f"# {text}\n")

    def run(self, **settings: object) -> dict[str, Row]:
        """Grade; the rows by the students' ids."""
        self.executor, self.heard = Points(), Heard()
        with Store(f"sqlite:///{self.out / 'gradebook.sqlite'}") as store:
            listed = entries([str(self.folder)], self.out)
            run = Run(listed, load("rnn"), Settings(**settings), store, self.out)  # type: ignore[arg-type]  # only what a test changes
            try:
                run.grade(self.executor, self.heard)
            finally:
                self.ungraded = list(run.ungraded())
                rows = {row.entry.submission.id: row for row in run.rows()}
        return rows

    def report(self, name: str) -> Report:
        return from_json((self.out / f"{name}.json").read_bytes())


@pytest.fixture
def course(tmp_path: Path) -> Class:
    return Class(tmp_path)


def test_each_gets_a_row_and_both_files(course: Class) -> None:
    course.hand_in(ann="80", bob="35")
    rows = course.run()
    assert {name: row.score for name, row in rows.items()} == {"ann": 80, "bob": 35}
    assert course.report("ann").submission.path == "ann.py"
    assert (course.out / "bob.html").read_text().startswith("<!doctype html>")
    assert course.heard.begun == (2, 0)
    assert course.ungraded == []


def test_what_has_not_changed_is_not_graded_again(course: Class) -> None:
    course.hand_in(ann="80", bob="35")
    first = course.run()
    course.hand_in(cem="50")
    second = course.run()
    assert course.executor.asked == ["cem"]
    assert course.heard.begun == (3, 2)
    assert {name: second[name] for name in first} == first


def test_the_same_answer_is_graded_once_for_all_who_call_it_so(course: Class) -> None:
    for name in ("ann", "bob"):
        (course.folder / name).mkdir()
        (course.folder / name / "student.py").write_text("# 64\n")
    rows = course.run()
    assert len(course.executor.asked) == 1
    assert {row.score for row in rows.values()} == {64}
    ids = list(rows)
    assert [course.report(one).submission.id for one in ids] == ids
    assert len(ids) == 2


def test_a_failing_grader_is_no_grade_and_is_tried_again(course: Class) -> None:
    course.hand_in(ann="80", bob="fails")
    rows = course.run()
    assert (rows["bob"].verdict, rows["bob"].trouble) == ("error", "the grader's process ended")
    assert course.ungraded == ["bob"]
    course.run()
    assert course.executor.asked == ["bob"]


def test_what_was_graded_before_an_interrupt_is_kept(course: Class) -> None:
    course.hand_in(ann="80", bob="stops", cem="50")
    with pytest.raises(KeyboardInterrupt):
        course.run()
    assert course.ungraded == ["bob", "cem"]
    course.hand_in(bob="10")
    assert {name: row.score for name, row in course.run().items()} == {
        "ann": 80,
        "bob": 10,
        "cem": 50,
    }
    assert course.executor.asked == ["bob", "cem"]


def test_a_lost_file_is_written_again_without_grading(course: Class) -> None:
    course.hand_in(ann="80")
    course.run()
    page = (course.out / "ann.html").read_text()
    (course.out / "ann.html").unlink()
    course.run()
    assert course.executor.asked == []
    assert (course.out / "ann.html").read_text() == page


def test_a_changed_grade_says_from_what_and_why(course: Class) -> None:
    course.hand_in(ann="80", bob="35")
    course.run()
    course.hand_in(ann="90")
    before = course.run()["ann"].before
    assert before is not None
    assert (before.score, before.max_score, before.why) == (80, 100, ("submission",))
    assert course.run()["ann"].before == before  # as long as nothing changes


def test_a_grade_after_a_failing_grader_has_not_changed_from_zero(course: Class) -> None:
    course.hand_in(ann="fails")
    course.run()
    course.hand_in(ann="80")
    row = course.run()["ann"]
    assert (row.score, row.before) == (80, None)


def test_the_same_points_for_another_file_are_no_changed_grade(course: Class) -> None:
    course.hand_in(ann="80")
    course.run()
    course.hand_in(ann="80 again")
    assert course.run()["ann"].before is None
    assert course.executor.asked == ["ann"]


def test_other_settings_or_another_program_grade_again(
    course: Class, monkeypatch: pytest.MonkeyPatch
) -> None:
    course.hand_in(ann="80")
    course.run()
    course.run(seed=1)
    assert course.executor.asked == ["ann"]
    monkeypatch.setattr(cache_key, "program", lambda: "another")
    course.run(seed=1)
    assert course.executor.asked == ["ann"]
    course.run(seed=1)
    assert course.executor.asked == []


def test_the_longest_known_comes_first(course: Class) -> None:
    course.hand_in(ann="10", bob="90", cem="50")
    course.run()
    course.hand_in(dan="20")
    course.run(seed=1)
    assert course.executor.asked == ["bob", "cem", "ann", "dan"]


def test_an_old_page_does_not_outlast_a_new_attempt_that_was_not_graded(course: Class) -> None:
    course.hand_in(ann="80")
    course.run()
    course.hand_in(ann="stops")
    with pytest.raises(KeyboardInterrupt):
        course.run()
    assert not (course.out / "ann.html").exists()


def test_a_module_beside_the_main_file_counts(course: Class) -> None:
    (course.folder / "ann").mkdir()
    (course.folder / "ann" / "student.py").write_text("# 70\nimport cell\n")
    (course.folder / "ann" / "cell.py").write_text("x = 1\n")
    course.run()
    course.run()
    assert course.executor.asked == []
    (course.folder / "ann" / "cell.py").write_text("x = 2\n")
    course.run()
    assert len(course.executor.asked) == 1


def test_the_grading_process_never_imports_torch() -> None:
    code = (
        "import sys; from pytest_deeprnn.instructor.gradebook import cache_key, main;"
        "cache_key.program();"
        "sys.exit('torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], timeout=60, check=False).returncode == 0


def test_the_reference_is_part_of_the_program() -> None:
    assert {path.name for path in cache_key._reference()} >= {
        "rnn.py",
        "gru.py",
        "lstm.py",
        "stack.py",
    }


def test_a_store_that_cannot_be_written_is_told_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "gradebook.sqlite"
    path.write_text("no database at all, and long enough to be looked at\n" * 100)
    with pytest.raises(StoreFailed, match="not a database") as caught:
        Store(f"sqlite:///{path}")
    assert "\n" not in str(caught.value)
