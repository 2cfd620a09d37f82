"""kill -9 at any moment loses no grade and doubles none."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pytest_deeprnn.core.report import from_json
from pytest_deeprnn.instructor.gradebook.store import Store

COUNT = 70
SCRIPT = Path(__file__).parent / "slow_class.py"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A class, each with points of their own."""
    (tmp_path / "class").mkdir()
    (tmp_path / "out").mkdir()
    for number in range(COUNT):
        (tmp_path / "class" / f"s{number:03}.py").write_text(f"# {number}")
    return tmp_path


def start(place: Path) -> subprocess.Popen[str]:
    words = [sys.executable, str(SCRIPT), str(place / "class"), str(place / "out")]
    return subprocess.Popen(words, stdout=subprocess.PIPE, text=True)


def grades(place: Path) -> dict[str, float]:
    """What is kept."""
    ids = [f"s{number:03}" for number in range(COUNT)]
    with Store(f"sqlite:///{place / 'out' / 'gradebook.sqlite'}") as store:
        kept = list(store.kept(ids))
    assert len({one.row.entry.submission.id for one in kept}) == len(kept)
    return {one.row.entry.submission.id: one.row.score for one in kept}


@pytest.mark.parametrize("kills", [4, pytest.param(10, marks=pytest.mark.proof)])
def test_kills_lose_nothing(place: Path, kills: int) -> None:
    chosen = random.Random(7)
    graded: list[str] = []
    before: dict[str, float] = {}
    for _ in range(kills):
        process = start(place)
        assert process.stdout is not None
        graded.append(process.stdout.readline().strip())  # it has begun
        time.sleep(chosen.uniform(0, 0.3))
        process.send_signal(signal.SIGKILL)
        graded += process.stdout.read().split()
        process.wait()
        now = grades(place)
        assert before.items() <= now.items()
        before = now
    assert 0 < len(before) < COUNT  # else nothing was interrupted
    last = start(place)
    told, _ = last.communicate(timeout=60)
    assert last.returncode == 0
    assert grades(place) == {f"s{number:03}": number for number in range(COUNT)}
    # what was graded at the moment of a kill is graded once more, and nothing else
    assert len(graded + told.split()) <= COUNT + kills
    for number in range(COUNT):
        report = from_json((place / "out" / f"s{number:03}.json").read_bytes())
        assert report.score == number
        assert (place / "out" / f"s{number:03}.html").read_text().rstrip().endswith("</html>")
