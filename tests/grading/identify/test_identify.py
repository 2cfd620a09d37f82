"""The exercise that a file answers is known by what its network does, else by its names."""

from __future__ import annotations

from pathlib import Path

import pytest

from pytest_deeprnn.grading.identify.identify import Identified, identify
from pytest_deeprnn.sandbox.in_process import LocalSpawner
from pytest_deeprnn.submission.discover import discover

LABELLED = Path(__file__).parents[2] / "submissions"


def identified(path: Path) -> tuple[Identified, ...]:
    (submission,) = discover([str(path)])
    return identify(submission, LocalSpawner())


def exercises(path: Path) -> list[str]:
    return [found.exercise.name for found in identified(path)]


@pytest.mark.parametrize(
    ("name", "expected", "reason"),
    [
        ("right/gru_output_first.py", "gru", "its layers behave like GRU"),
        ("right/gru_rnn_pair.py", "gru-rnn", "its layers behave like GRU, RNN"),
        ("right/deep_lstm_pairs.py", "deep-lstm", "its layers behave like LSTM, LSTM"),
        ("widths/deep_widths_book_flat.py", "deep-rnn-widths", "its layers behave like RNN, RNN"),
    ],
)
def test_a_right_file_is_known_by_its_layers(name: str, expected: str, reason: str) -> None:
    (found,) = identified(LABELLED / name)
    assert (found.exercise.name, found.reason) == (expected, reason)


def test_three_cells_in_a_file_are_three_answers() -> None:
    assert exercises(LABELLED / "right/three_cells_one_file.py") == ["rnn", "gru", "lstm"]


def part(cell: str, layers: str = "", body: str = "1 / 0") -> str:
    """Functions named for a cell, of which forward does not run."""
    return (
        f"def get_{cell}_params(vocab_size, num_hiddens{layers}, device): return []\n"
        f"def init_{cell}_state(batch_size, num_hiddens{layers}, device): return ()\n"
        f"def {cell}(inputs, state, params): return {body}\n"
    )


PLAIN = part("gru").replace("_gru", "").replace("def gru", "def net")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (part("gru"), ["gru"]),
        (part("gru", ", num_layers"), ["deep-gru"]),
        (part("lstm") + part("rnn"), ["rnn", "lstm"]),
        (part("rnn", ", num_layers") + part("gru"), ["deep-rnn", "gru"]),
        (part("gru_rnn"), ["gru-rnn"]),
        (part("deep_lstm"), ["deep-lstm"]),
        ("# my LSTM\n" + PLAIN, ["lstm"]),
        ("# my deep network\n" + PLAIN, ["deep-rnn"]),
        ("x = 1\n", ["deep-rnn"]),
        ("def (:\n", ["deep-rnn"]),
    ],
)
def test_one_that_does_not_run_is_known_by_its_names(
    tmp_path: Path, text: str, expected: list[str]
) -> None:
    path = tmp_path / "student.py"
    path.write_text(text)
    assert exercises(path) == expected


def test_how_it_was_known_is_told(tmp_path: Path) -> None:
    path = tmp_path / "student.py"
    path.write_text(part("gru"))
    (found,) = identified(path)
    assert found.reason == "the functions are named get_gru_params, init_gru_state, gru"
    path.write_text("def (:\n")
    assert identified(path)[0].reason == "the file could not be read"


def test_an_answer_that_computes_another_cell_is_graded_as_what_it_is_named(
    tmp_path: Path,
) -> None:
    text = (LABELLED / "right/three_cells_one_file.py").read_text()
    head, _, rest = text.partition("# ---- GRU")
    gru, _, _ = rest.partition("# ---- LSTM")
    path = tmp_path / "student.py"
    path.write_text(head + gru.replace("H = Z * H + (1 - Z) * H_hat", "H = H_hat"))
    assert exercises(path) == ["rnn", "gru"]
