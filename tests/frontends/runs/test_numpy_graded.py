"""Networks that draw and reckon with numpy, graded in real processes: all points, in every run."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from pytest_deeprnn.core.exercise import load
from pytest_deeprnn.core.report import Report, Timing
from pytest_deeprnn.core.settings import Isolation, Settings
from pytest_deeprnn.grading.client import RemoteGrader
from pytest_deeprnn.submission.discover import discover

ISOLATIONS: tuple[Isolation, ...] = ("auto", "process")
RIGHT = Path(__file__).parents[2] / "submissions" / "right"
#: Draws weights that are too large by a generator without a seed, and tells how large.
LOUD = """
import numpy as np
import torch
import numpy.fft, numpy.ma, numpy.polynomial, numpy.testing

def get_params(vocab_size, num_hiddens, device):
    V, H = vocab_size, num_hiddens
    rng = np.random.default_rng()
    print(rng.normal(), np.random.rand(), np.linalg.inv(np.eye(3) * 2).trace())
    shapes = [(V, H), (H, H), (H,), (H, V), (V,)]
    made = [torch.tensor(rng.normal(0, 30, s), dtype=torch.float32, device=device) for s in shapes]
    return [one.requires_grad_() for one in made]

def init_state(batch_size, num_hiddens, device):
    return torch.zeros(batch_size, num_hiddens, device=device)

def forward(inputs, state, params):
    W, U, a, Q, c = params
    rows = []
    for X in inputs:
        state = torch.tanh(X @ W + state @ U + a)
        rows.append(state @ Q + c)
    return torch.cat(rows), state
"""


def graded(grader: RemoteGrader, path: Path, checks: tuple[str, ...] = ()) -> Report:
    """Grade a file with these checks, or with all."""
    (submission,) = discover([str(path)])
    (opened,) = grader.open(submission, load("rnn"))
    for name in checks or opened.checks:
        grader.check(opened.key, name)
    return grader.report(opened.key)


def told(report: Report) -> Report:
    """What a report says of the submission itself, however it was held."""
    settings = replace(report.settings, isolation="", protections=())
    return replace(report, timing=Timing(), settings=settings)


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Report, Report]]:
    """A right network, and one that draws without a seed, graded in two runs."""
    path = tmp_path_factory.mktemp("loud") / "loud.py"
    path.write_text(LOUD, encoding="utf-8")
    found: dict[str, tuple[Report, Report]] = {}
    for isolation in ISOLATIONS:
        settings = Settings(profile="quick", isolation=isolation)
        with closing(RemoteGrader(settings)) as grader:
            right = graded(grader, RIGHT / "rnn_numpy_xavier.py")
            found[isolation] = right, graded(grader, path, ("loads", "initialisation"))
    return found


@pytest.mark.parametrize("isolation", ISOLATIONS)
def test_numpy_costs_no_points(
    reports: dict[str, tuple[Report, Report]], isolation: Isolation
) -> None:
    report, _ = reports[isolation]
    assert (report.verdict, report.score) == ("pass", report.max_score)
    assert report.diagnoses == ()


def test_what_is_drawn_without_a_seed_is_told_alike_in_each_run(
    reports: dict[str, tuple[Report, Report]],
) -> None:
    first, second = (told(loud) for _, loud in reports.values())
    assert [one.code for one in first.diagnoses] == ["init-scale"]
    assert len(set(first.output.split())) > 2  # the numbers that it printed
    assert first == second
