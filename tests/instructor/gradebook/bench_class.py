"""Prints how much faster a class is graded than by a shell loop over pytest.

`python tests/instructor/gradebook/bench_class.py [--count 200] [--exercise deep-gru] [--sample 20]`

The loop's rate is taken from a sample, each a run of its own with the same checks and cases.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pytest_deeprnn.core.exercise import load
from pytest_deeprnn.instructor.audit.plan import tasks
from pytest_deeprnn.instructor.audit.styles import STYLES


def main() -> None:
    """Write a class of right and faulty submissions, grade it in both ways, print the ratio."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--exercise", default="deep-gru")
    parser.add_argument("--sample", type=int, default=20)
    parser.add_argument("--profile", default="standard")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        paths = _class(folder / "class", asked.exercise, asked.count)
        sample = paths[:: max(1, len(paths) // asked.sample)][: asked.sample]
        options = (asked.exercise, asked.profile, folder)
        half = len(sample) // 2  # before and after: timings drift
        before = _loop(sample[:half], *options)
        whole = _seconds(
            "pytest_deeprnn.frontends.cli.main", "grade", str(folder / "class"), *_grade(*options)
        )
        loop = before + _loop(sample[half:], *options)
    here, there = 60 * len(paths) / whole, 60 * len(sample) / loop
    print(f"deeprnn grade: {len(paths)} in {whole:.0f} s, {here:.0f} a minute")
    print(f"shell loop:    {len(sample)} in {loop:.0f} s, {there:.1f} a minute")
    print(f"ratio:         {here / there:.1f}")


def _class(folder: Path, exercise: str, count: int) -> list[Path]:
    """So many generated submissions, taken evenly from all that can be made."""
    folder.mkdir()
    made = tasks(load(exercise), STYLES, "thorough")
    if len(made) < count:
        raise SystemExit(f"only {len(made)} different submissions of {exercise} can be made")
    chosen = [made[number * len(made) // count] for number in range(count)]
    for task in chosen:
        (folder / task.filename).write_text(task.text, encoding="utf-8")
    return [folder / task.filename for task in chosen]


def _loop(paths: list[Path], exercise: str, profile: str, folder: Path) -> float:
    return sum(
        _seconds(
            "pytest",
            f"--deeprnn-submission={path}",
            f"--deeprnn-exercise={exercise}",
            f"--deeprnn-profile={profile}",
            f"--deeprnn-report={folder / 'loop'}",
        )
        for path in paths
    )


def _grade(exercise: str, profile: str, folder: Path) -> list[str]:
    return [f"--exercise={exercise}", f"--profile={profile}", f"--out={folder / 'out'}"]


def _seconds(module: str, *words: str) -> float:
    """The time of a command, which has to end well: 1 is a failed check."""
    before = time.perf_counter()
    ended = subprocess.run(
        [sys.executable, "-m", module, *words],
        cwd=tempfile.gettempdir(),
        stdout=subprocess.DEVNULL,
        check=False,
    )
    if ended.returncode not in (0, 1):
        raise SystemExit(f"{module} ended with {ended.returncode}")
    return time.perf_counter() - before


if __name__ == "__main__":
    main()
