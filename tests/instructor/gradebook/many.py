"""Grades very many generated submissions, and prints time and memory on the way.

`python tests/instructor/gradebook/many.py [--count 10000] [--exercise rnn] [--profile quick]`
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import tempfile
import time
from contextlib import closing
from pathlib import Path

from pytest_deeprnn.core.exercise import load
from pytest_deeprnn.core.settings import Settings
from pytest_deeprnn.grading.client import RemoteGrader
from pytest_deeprnn.instructor.gradebook import class_files
from pytest_deeprnn.instructor.gradebook.entry import Row
from pytest_deeprnn.instructor.gradebook.intake import entries
from pytest_deeprnn.instructor.gradebook.local import LocalExecutor
from pytest_deeprnn.instructor.gradebook.run import Run
from pytest_deeprnn.instructor.gradebook.store import Store


class Printed:
    """Prints a line at 100, and then at every tenth of all."""

    def __init__(self, count: int) -> None:
        self._marks = {100, *range(count // 10, count + 1, count // 10)}
        self._done = self._last = 0
        self._before = time.perf_counter()

    def begin(self, total: int, known: int) -> None:
        """Says how many there are."""
        print(f"{total - known} submissions")
        self._before = time.perf_counter()

    def advance(self, row: Row) -> None:
        """Count, and print at a mark."""
        self._done += 1
        if self._done in self._marks:
            self.line()

    def line(self) -> None:
        """Time since the last line, and memory now."""
        now = time.perf_counter()
        each = 1000 * (now - self._before) / max(1, self._done - self._last)
        self._before, self._last = now, self._done
        own, others = _memory(os.getpid()), sum(map(_memory, _below(os.getpid())))
        print(
            f"{self._done:6}: {each:5.0f} ms each, {own:.0f} MB, its processes {others:.0f} MB",
            flush=True,
        )


def main() -> None:
    """Write the class into a temporary folder and grade it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--exercise", default="rnn")
    parser.add_argument("--profile", choices=("quick", "standard"), default="quick")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write = (folder / "class", asked.exercise, asked.count)
        apart = multiprocessing.get_context("spawn").Process(target=_write, args=write)
        apart.start()  # it imports torch, which is not to be measured here
        apart.join()
        _grade(folder, asked.exercise, Settings(profile=asked.profile), Printed(asked.count))


def _write(folder: Path, exercise: str, count: int) -> None:
    """Generated right and faulty ones; a comment makes each another one."""
    from pytest_deeprnn.instructor.audit.plan import tasks
    from pytest_deeprnn.instructor.audit.styles import STYLES

    folder.mkdir()
    made = [task.text for task in tasks(load(exercise), STYLES, "thorough")]
    for number in range(count):
        text = f"{made[number % len(made)]}\n# student {number}\n"
        (folder / f"s{number:05}.py").write_text(text, encoding="utf-8")


def _grade(folder: Path, exercise: str, settings: Settings, printed: Printed) -> None:
    out = folder / "out"
    out.mkdir()
    cores = len(os.sched_getaffinity(0))
    with Store(f"sqlite:///{out / 'gradebook.sqlite'}") as store:
        run = Run(entries([str(folder / "class")], out), load(exercise), settings, store, out)
        with closing(LocalExecutor(lambda: RemoteGrader(settings), cores)) as executor:
            run.grade(executor, printed)
        class_files.write(out, run.rows, exercise, "en")
        print("after the class page:")
        printed.line()
        print(f"not graded: {len(list(run.ungraded()))}")


def _memory(process: int) -> float:
    """Resident megabytes."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _below(process: int) -> list[int]:
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return []
    return [one for child in map(int, children) for one in (child, *_below(child))]


if __name__ == "__main__":
    main()
