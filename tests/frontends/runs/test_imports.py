"""What pytest's own process has imported by its end."""

from __future__ import annotations

import json
from pathlib import Path

from commands import Deeprnn

#: Plugins that import some of it themselves.
WITHOUT = ("-p", "no:hypothesispytest", "-p", "no:html")
HEAVY = {
    "torch",
    "hypothesis",
    "jinja2",
    "msgspec",
    "nbformat",
    "pytest_deeprnn.frontends.pytest_plugin.session",
}
CONFTEST = """
import atexit, json, sys
from pathlib import Path

def leave():
    Path(__file__).with_name("modules.json").write_text(json.dumps(sorted(sys.modules)))

atexit.register(leave)
"""


def _imported(folder: Path) -> set[str]:
    return set(json.loads((folder / "modules.json").read_text(encoding="utf-8")))


def test_without_a_submission_nothing_heavy(deeprnn: Deeprnn) -> None:
    deeprnn.files({"conftest.py": CONFTEST, "test_here.py": "def test_here():\n    assert True\n"})
    ended = deeprnn.run(*WITHOUT)
    assert ended.code == 0
    assert "1 passed" in ended.out
    assert "deeprnn:" not in ended.out
    assert ended.files == set()
    imported = _imported(deeprnn.folder)
    assert imported & HEAVY == set()
    assert "pytest_deeprnn.plugin" in imported


def test_with_a_submission_no_torch_and_nothing_else_is_collected(deeprnn: Deeprnn) -> None:
    ran = "from pathlib import Path\n\ndef test_ran():\n    Path('ran').touch()\n"
    deeprnn.files({"conftest.py": CONFTEST, "test_here.py": ran})
    ended = deeprnn.grade("deep_rnn.py", *WITHOUT)
    assert ended.code == 0
    assert "17 passed" in ended.out
    assert not (deeprnn.folder / "ran").exists()
    imported = _imported(deeprnn.folder)
    assert "torch" not in imported
    assert "hypothesis" not in imported
    assert "pytest_deeprnn.frontends.pytest_plugin.session" in imported


def test_positional_argument_runs_both(practice: Deeprnn) -> None:
    practice.file("test_here.py", "def test_here():\n    assert True\n")
    ended = practice.grade("deep_rnn.py", ".")
    assert ended.code == 0
    assert "18 passed" in ended.out
    assert ended.report("deep_rnn").verdict == "pass"


def test_own_failing_test_leaves_the_report_alone(practice: Deeprnn) -> None:
    practice.file("test_here.py", "def test_here():\n    assert 1 == 2\n")
    ended = practice.grade("deep_rnn.py", ".")
    assert ended.code == 1
    assert ended.report("deep_rnn").verdict == "pass"
