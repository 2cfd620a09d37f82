"""One audit: generate, grade in several processes, show, and write."""

from __future__ import annotations

import multiprocessing
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import torch
from rich.console import Console
from rich.progress import track

from pytest_deeprnn.core.errors import Misuse
from pytest_deeprnn.core.exercise import Exercise
from pytest_deeprnn.core.settings import Profile
from pytest_deeprnn.instructor.audit import page, table
from pytest_deeprnn.instructor.audit.judge import Judge, Judged
from pytest_deeprnn.instructor.audit.matrix import Matrix, as_json
from pytest_deeprnn.instructor.audit.plan import Task, tasks
from pytest_deeprnn.instructor.audit.styles import NAMES, STYLES, named
from pytest_deeprnn.submission.not_installed import announcement


@dataclass(frozen=True)
class Asked:
    """What an audit was asked for; no styles are all."""

    exercise: Exercise
    profile: Profile
    styles: tuple[str, ...]
    jobs: int
    keep: Path | None
    json: Path | None
    html: Path | None


def run(asked: Asked) -> int:
    """Do it; returns 1 where a fault was missed or a right submission failed."""
    for name in asked.styles:
        if name not in NAMES:
            raise Misuse(f"--style {name}: expected one of {', '.join(NAMES)}")
    if missing := announcement(asked.exercise, ()):
        table.console().print(f"{missing}\n", markup=False, highlight=False)
    matrix = measure(asked)
    table.show(matrix, table.console())
    if asked.json is not None:
        asked.json.write_bytes(as_json(matrix))
    if asked.html is not None:
        asked.html.write_text(page.render(matrix), encoding="utf-8")
    return int(not matrix.is_clean)


def measure(asked: Asked) -> Matrix:
    """Generate all submissions and grade them."""
    torch.set_num_threads(1)  # the processes are forked, which a pool of threads would not survive
    chosen = asked.styles or NAMES
    styles = tuple(named(name) for name in chosen)
    todo = tasks(asked.exercise, styles, asked.profile)
    return Matrix(
        exercise=asked.exercise.name,
        profile=asked.profile,
        styles=tuple(style.name for style in STYLES if style.name in chosen),
        judged=tuple(_judged(asked, todo)),
    )


def _judged(asked: Asked, todo: list[Task]) -> Iterator[Judged]:
    with ExitStack() as stack:
        folder = asked.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        pool = stack.enter_context(
            ProcessPoolExecutor(
                asked.jobs,
                mp_context=multiprocessing.get_context("fork"),
                initializer=_start,
                initargs=(asked.exercise, asked.profile, folder),
            )
        )
        errors = Console(stderr=True)
        yield from track(
            pool.map(_judge, todo),
            description=f"{asked.exercise.name}: {len(todo)} submissions",
            total=len(todo),
            console=errors,
            disable=not errors.is_terminal,
        )


_JUDGES: list[Judge] = []


def _start(exercise: Exercise, profile: Profile, folder: Path) -> None:
    """Draw the cases once for each process."""
    _JUDGES.append(Judge(exercise, profile, folder))


def _judge(task: Task) -> Judged:
    return _JUDGES[-1].judge(task)
