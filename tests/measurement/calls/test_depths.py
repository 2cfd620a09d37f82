"""Which depths a submission can be asked for, and in which form it takes its widths."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pytest_deeprnn.core.exercise import load
from pytest_deeprnn.core.sizes import Sizes
from pytest_deeprnn.measurement.alignment.align import generic_sizes
from pytest_deeprnn.measurement.calls import depths
from pytest_deeprnn.measurement.calls.depths import DepthRange
from pytest_deeprnn.measurement.calls.runner import SubmissionRunner
from pytest_deeprnn.sandbox.in_process import LocalSpawner
from pytest_deeprnn.submission.discover import discover
from pytest_deeprnn.submission.prepare import prepare

ONE = Sizes(vocab=5, hiddens=3, layers=2)
SEVERAL = Sizes(vocab=5, hiddens=4, layers=2, widths=(4, 2))
REST = """
def init_state(batch_size, num_hiddens, device): return torch.zeros(batch_size, num_hiddens)
def forward(inputs, state, params): return inputs, state
"""
EITHER = "[torch.zeros(h) for h in (num_hiddens if type(num_hiddens) is list else [num_hiddens])]"
EACH = "[torch.zeros(h, h) for h in num_hiddens]"

Make = Callable[[str, str], SubmissionRunner]


@pytest.fixture
def student(tmp_path: Path) -> Iterator[Make]:
    """A student whose get_params has these arguments and returns this."""
    made = list[SubmissionRunner]()

    def of(arguments: str, body: str) -> SubmissionRunner:
        path = tmp_path / "student.py"
        get_params = f"def get_params({arguments}):\n    return {body}\n"
        path.write_text(f"import torch\n{get_params}{REST}")
        prepared = prepare(discover([str(path)])[0], frozenset())
        one = SubmissionRunner(LocalSpawner(), prepared.load, prepared.contract, prepared.constants)
        made.append(one)
        return one

    yield of
    for one in made:
        one.close()


SIZES = "vocab_size, num_hiddens, device"


@pytest.mark.parametrize(
    ("body", "needed"),
    [
        (EACH, True),
        ("[torch.zeros(num_hiddens[0], num_hiddens[-1])]", True),
        ("[torch.zeros(len(num_hiddens))]", True),
        ("[torch.zeros(num_hiddens, num_hiddens)]", False),
        (EITHER, False),
        ("1 / 0", False),
        ("[torch.zeros(num_hidens)]", False),
        ("[torch.zeros(h.size) for h in num_hiddens]", False),
        ("'text' + num_hiddens", False),
    ],
)
def test_a_list_is_needed_where_a_number_is_no_list(student: Make, body: str, needed: bool) -> None:
    assert depths.needs_list(student(SIZES, body), ONE, SEVERAL) is needed


@pytest.mark.parametrize(
    ("exercise", "expected"),
    [
        ("deep-rnn", DepthRange(1, 4, fixed=False)),
        ("gru-rnn", DepthRange(2, 2, fixed=False)),
        ("lstm", DepthRange(1, 1, fixed=False)),
    ],
)
def test_with_a_number_of_layers_the_exercise_decides(
    student: Make, exercise: str, expected: DepthRange
) -> None:
    one = student("vocab_size, num_hiddens, num_layers, device", "[torch.zeros(num_layers)]")
    assert depths.takes_layers(one.contract)
    assert found(one, exercise, own_widths=False) == expected


@pytest.mark.parametrize(("exercise", "depth"), [("deep-rnn", 2), ("rnn", 1), ("deep-lstm", 2)])
def test_without_one_the_depth_is_the_least_that_is_asked_for(
    student: Make, exercise: str, depth: int
) -> None:
    one = student(SIZES, "[torch.zeros(num_hiddens)]")
    assert not depths.takes_layers(one.contract)
    assert found(one, exercise, own_widths=False) == DepthRange(depth, depth, fixed=True)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (EACH, DepthRange(1, 4, fixed=False)),
        ("[torch.zeros(num_hiddens[0]), torch.zeros(num_hiddens[1])]", DepthRange(2, 2, True)),
        ("[torch.zeros(num_hiddens[i]) for i in range(3)]", DepthRange(3, 3, True)),
        ("[torch.zeros(num_hiddens[0])]", DepthRange(1, 4, fixed=False)),
        ("[torch.zeros(h) for h in num_hiddens if len(num_hiddens) != 3]", DepthRange(1, 4, False)),
    ],
)
def test_a_list_of_widths_says_the_depth(student: Make, body: str, expected: DepthRange) -> None:
    assert found(student(SIZES, body), "deep-rnn-widths", own_widths=True) == expected


def test_two_widths_that_are_unpacked_are_two_layers(student: Make) -> None:
    body = "(lambda a, b: [torch.zeros(5, a), torch.zeros(a, b)])(*num_hiddens)"
    expected = DepthRange(2, 2, fixed=True)
    assert found(student(SIZES, body), "deep-rnn-widths", own_widths=True) == expected


def found(one: SubmissionRunner, exercise: str, own_widths: bool) -> DepthRange:
    return depths.find(one, load(exercise), own_widths, lambda depth: generic_sizes(depth, True))
