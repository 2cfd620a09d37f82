"""What a run leaves of the grader's own faults: a file beside the reports, and text if asked."""

from __future__ import annotations

import shutil
from importlib.resources import as_file, files

import pytest
from commands import Deeprnn

BROKEN = """
from pytest_deeprnn.api import hookimpl

@hookimpl
def deeprnn_checks():
    from pytest_deeprnn.api import Check

    def broken(probe):
        return {}["no such key"]

    return [Check("broken", broken)]
"""


@pytest.mark.parametrize("more", [("--deeprnn-isolation=process",), ("-n1",)])
def test_traceback_stands_in_errors_log_and_in_no_report(
    deeprnn: Deeprnn, more: tuple[str, ...]
) -> None:
    with as_file(files("pytest_deeprnn.exercises") / "deep-rnn") as packaged:
        shutil.copytree(packaged, deeprnn.folder / "own")
    toml = deeprnn.folder / "own" / "exercise.toml"
    text = toml.read_text(encoding="utf-8")
    toml.write_text(text.replace("[points]", "[points]\nbroken = 5"), encoding="utf-8")
    deeprnn.file("own/hooks.py", BROKEN)
    ended = deeprnn.grade("deep_rnn.py", "--deeprnn-debug", *more, exercise="own")
    log = (ended.folder / "errors.log").read_text(encoding="utf-8")
    assert ended.code == 3
    assert "KeyError: 'no such key'" in log
    assert "in broken" in log
    assert "Traceback" in ended.out
    told = [path.read_text(encoding="utf-8") for path in ended.folder.glob("deep_rnn.*")]
    assert len(told) == 2
    assert [one for one in told if "Traceback" in one or "in broken" in one] == []
    assert "errors.log" in str(ended.report("deep_rnn").error)
