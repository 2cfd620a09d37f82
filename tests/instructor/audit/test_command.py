"""The command on an instructor's folder whose points leave checks out."""

from __future__ import annotations

import json
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from pytest_deeprnn.core.exercise import load, packaged
from pytest_deeprnn.frontends.cli import main

TOML = """
[title]
en = "Shapes only"
zh = "只看形状"

[network]
cells = ["rnn"]
min_layers = 1
max_layers = 1

[sizes]
vocab_size = [1, 4]
num_hiddens = [1, 4]
batch_size = [1, 3]
num_steps = [1, 3]

[accept]
reset = ["before"]
outputs = ["rows"]

[points]
loads = 1
contract = 1
output-shape = 1
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An exercise that asks for shapes only."""
    made = tmp_path / "shapes-only"
    made.mkdir()
    (made / "exercise.toml").write_text(TOML, encoding="utf-8")
    for name in ("statement.en.md", "statement.zh.md", "starter.py"):
        (made / name).touch()
    return made


@pytest.mark.proof
def test_a_check_without_points_shows_as_missed_faults(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, page, kept = tmp_path / "audit.json", tmp_path / "audit.html", tmp_path / "kept"
    options = ["--style", "book", "--jobs", "2", "--json", str(data), "--html", str(page)]
    code = main.main(["audit", str(folder), *options, "--keep", str(kept)])
    told = capsys.readouterr().out
    assert code == 1
    assert "MISSED" in told
    found = json.loads(data.read_text(encoding="utf-8"))
    marks = {(one["fault"], one["mark"]) for one in found["results"]}
    assert ("applies relu where tanh is asked for", "MISSED") in marks
    assert ("as the equations stand", "pass") in marks
    assert found["totals"]["false_alarms"] == 0
    assert 0 < found["totals"]["caught"] < found["totals"]["faults"]
    assert {one["file"] for one in found["results"]} == {one.name for one in kept.iterdir()}
    text = page.read_text(encoding="utf-8")
    HTMLParser().feed(text)
    assert "shapes-only" in text
    assert "MISSED" in text
    assert "http" not in text.replace("http-equiv", "")


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["audit", "no-such"], "no such exercise or folder"),
        (["audit", "rnn", "--style", "baroque"], "expected one of book"),
        (["audit", "rnn", "--jobs", "0"], "1 or more"),
        (["audit", "rnn", "--jobs", "two"], "invalid int value"),
        (["audit", "rnn", "--profile", "slow"], "invalid choice"),
        (["audit", "rnn", "--json", "nowhere/at/all.json"], "there is no folder"),
        (["audit", "rnn", "--keep", "/dev/null/kept"], "--keep"),
        (["audit"], "EXERCISE"),
        (["grad"], "invalid choice"),
        ([], "COMMAND"),
    ],
)
def test_a_wrong_command_line_is_one_line(
    arguments: list[str], line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        code = main.main(arguments)
    except SystemExit as ended:
        code = int(str(ended.code))
    told = capsys.readouterr()
    assert code == 4
    assert line in told.err
    assert len(told.err.splitlines()) == 1
    assert told.out == ""


def test_no_torch_before_an_audit_begins() -> None:
    heavy = ["torch", "hypothesis", "jinja2", "rich"]
    code = (
        "import sys, pytest_deeprnn.frontends.cli.main;"
        f"sys.exit(any(name in sys.modules for name in {heavy}))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_exercises_are_listed_with_their_titles(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["exercises"]) == 0
    told = capsys.readouterr().out
    assert [line.split()[0] for line in told.splitlines()] == packaged()
    assert all(load(name).title.en in told for name in packaged())
