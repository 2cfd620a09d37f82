"""Exercises load, and a broken one is told in one line with file, key and what was expected."""

from __future__ import annotations

from pathlib import Path

import pytest

from pytest_deeprnn.core.exercise import ExerciseError, load, packaged

ROOT = Path(__file__).parents[2] / "exercises"
NAMES = sorted(path.parent.name for path in ROOT.glob("*/exercise.toml"))

TOML = """
[title]
en = "Own"
zh = "自己"
[network]
cells = ["rnn", "gru"]
min_layers = 2
max_layers = 3
[sizes]
vocab_size = [2, 8]
num_hiddens = [1, 8]
batch_size = [1, 5]
num_steps = [1, 7]
[accept]
reset = ["before"]
outputs = ["rows", "list"]
[points]
loads = 10
output-values = 2.5
"""


def own(folder: Path, text: str = TOML) -> Path:
    folder.mkdir(exist_ok=True)
    for name in ("statement.en.md", "statement.zh.md", "starter.py"):
        (folder / name).write_text("")
    (folder / "exercise.toml").write_text(text, encoding="utf-8")
    return folder


def test_all_folders_are_packaged() -> None:
    assert packaged() == NAMES
    assert {"rnn", "gru", "lstm", "deep-rnn", "deep-gru", "deep-lstm", "gru-rnn"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_packaged_exercise_loads_and_its_points_sum_to_100(name: str) -> None:
    exercise = load(name)
    assert exercise.name == name
    assert sum(exercise.points.values()) == 100
    assert exercise.title.en
    assert exercise.title.zh
    assert exercise.feedback == "explain"


@pytest.mark.parametrize(
    ("name", "depth", "cells"),
    [
        ("rnn", 1, ["rnn"]),
        ("deep-gru", 3, ["gru"] * 3),
        ("gru-rnn", 2, ["gru", "rnn"]),
        ("deep-lstm", 2, ["lstm", "lstm"]),
    ],
)
def test_the_last_cell_repeats_up_to_the_depth(name: str, depth: int, cells: list[str]) -> None:
    assert load(name).cells(depth) == cells


def test_an_own_folder_works(tmp_path: Path) -> None:
    exercise = load(str(own(tmp_path / "mine")))
    assert (exercise.name, exercise.title.zh) == ("mine", "自己")
    assert exercise.cells(3) == ["rnn", "gru", "gru"]
    assert (exercise.depths, exercise.sizes.vocab_size) == ((2, 3), (2, 8))
    assert exercise.points == {"loads": 10, "output-values": 2.5}
    assert exercise.feedback == "explain"


@pytest.mark.parametrize("feedback", ["verdict", "hint", "explain"])
def test_an_exercise_says_how_much_is_told(tmp_path: Path, feedback: str) -> None:
    assert load(str(own(tmp_path / "mine", f'feedback = "{feedback}"{TOML}'))).feedback == feedback


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("[points]", "[bonus]\n[points]", ["bonus"]),
        ("max_layers", "maximum", ["maximum", "network"]),
        ("max_layers = 3", "", ["max_layers", "network"]),
        ("loads = 10", "loads = 'ten'", ["points", "str", "float"]),
        ("loads = 10", "loads = -1", ["points", ">= 0"]),
        ("loads = 10", "loading = 10", ["loading", "points"]),
        ("loads = 10\noutput-values = 2.5", "", ["points", "at least one"]),
        ('"rnn", "gru"', '"rnn", "tcn"', ["tcn", "cells"]),
        ('"rnn", "gru"', "", ["cells", "length >= 1"]),
        ("[2, 8]", "[8, 2]", ["sizes.vocab_size", "[low, high]", "8, 2"]),
        ("[2, 8]", "[0, 2]", ["sizes.vocab_size", ">= 1"]),
        ("[2, 8]", "[2, 100]", ["sizes.vocab_size", "<= 99"]),
        ("[2, 8]", "[2]", ["sizes.vocab_size", "2"]),
        ("[2, 8]", "'2-8'", ["sizes.vocab_size", "array"]),
        ("min_layers = 2", "min_layers = 4", ["network.min_layers", "max_layers"]),
        ('"rnn", "gru"', '"rnn", "gru", "rnn", "gru"', ["network.cells", "max_layers"]),
        ('["before"]', '["during"]', ["during", "accept.reset"]),
        ("[title]", "feedback = 'all'\n[title]", ["all", "feedback"]),
        ("[title]", "name = 'x'\n[title]", ["key name"]),
        ("[title]", "[title", ["line"]),
    ],
)
def test_a_mistake_is_told_in_one_line(tmp_path: Path, old: str, new: str, told: list[str]) -> None:
    assert old in TOML
    folder = own(tmp_path / "mine", TOML.replace(old, new))
    with pytest.raises(ExerciseError) as caught:
        load(str(folder))
    message = str(caught.value)
    assert message.startswith(str(folder / "exercise.toml"))
    assert "\n" not in message
    assert [part for part in told if part not in message] == []


@pytest.mark.parametrize("value", ["inf", "nan"])
def test_points_are_finite(tmp_path: Path, value: str) -> None:
    folder = own(tmp_path / "mine", TOML.replace("loads = 10", f"loads = {value}"))
    with pytest.raises(ExerciseError, match=r"exercise\.toml: key points\.loads"):
        load(str(folder))


@pytest.mark.parametrize(
    "name", ["exercise.toml", "statement.en.md", "statement.zh.md", "starter.py"]
)
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    (own(tmp_path / "mine") / name).unlink()
    with pytest.raises(ExerciseError, match="expected this file") as caught:
        load(str(tmp_path / "mine"))
    assert str(tmp_path / "mine" / name) in str(caught.value)


def test_an_unknown_name_is_told_with_those_there_are() -> None:
    with pytest.raises(ExerciseError, match="no such exercise") as caught:
        load("deep-tcn")
    assert all(name in str(caught.value) for name in ("'deep-tcn'", *NAMES))


def test_a_text_that_is_no_utf_8_is_told(tmp_path: Path) -> None:
    folder = own(tmp_path / "mine")
    (folder / "exercise.toml").write_bytes(b'[title]\nen = "\xff"\n')
    with pytest.raises(ExerciseError, match="utf-8"):
        load(str(folder))
