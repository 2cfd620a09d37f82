"""With -n, one worker has all checks of a submission, and the controller writes the reports."""

from __future__ import annotations

import re

import pytest
from commands import CHECKS, Deeprnn, Ended

_PLACE = re.compile(r"\[(gw\d+)\] \[ *\d+%\] \w+ (\w+\.py)::([\w-]+)::([\w-]+)")


def _workers(ended: Ended) -> dict[str, set[str]]:
    places: dict[str, set[str]] = {}
    for worker, file, _, _ in _PLACE.findall(ended.out):
        places.setdefault(file, set()).add(worker)
    return places


def test_two_submissions_on_two_workers(deeprnn: Deeprnn) -> None:
    ended = deeprnn.grade("deep_rnn.py", "gru_rnn_one_state.py", "-n2", "-v")
    places = _workers(ended)
    assert ended.code == 1
    assert len(_PLACE.findall(ended.out)) == 2 * len(CHECKS)
    assert [len(places[file]) for file in ("deep_rnn.py", "gru_rnn_one_state.py")] == [1, 1]
    assert (ended.report("deep_rnn").verdict, ended.report("deep_rnn").score) == ("pass", 100)
    assert ended.report("gru_rnn_one_state").verdict == "fail"
    assert ended.out.count("deep_rnn as deep-rnn: pass, 100 of 100 points") == 1


@pytest.mark.proof
def test_loadgroup_keeps_a_submission_together(deeprnn: Deeprnn) -> None:
    ended = deeprnn.grade("deep_rnn.py", "-n2", "--dist=loadgroup")
    assert ended.report("deep_rnn").verdict == "pass"


def test_collecting_only(deeprnn: Deeprnn) -> None:
    ended = deeprnn.grade("deep_rnn.py", "-n2", "--co", "-q")
    assert "deep_rnn.py::deep-rnn::own-state" in ended.out
    assert ended.report("deep_rnn").verdict == "incomplete"


def test_exit_that_takes_its_worker_with_it(deeprnn: Deeprnn) -> None:
    """In practice runs os._exit(0) ends the xdist worker: never a pass."""
    text = deeprnn.file("deep_rnn.py").read_text(encoding="utf-8")
    deeprnn.file("ends.py", f"{text}\n\ndef forward(inputs, state, params):\n    os._exit(0)\n")
    deeprnn.file("ends.py", "import os\n" + (deeprnn.folder / "ends.py").read_text("utf-8"))
    args = ("-n1", "--deeprnn-isolation=none", "--max-worker-restart=0")
    ended = deeprnn.grade("ends.py", *args)
    assert ended.code != 0
    assert "ends.json" not in ended.files or ended.report("ends").verdict == "incomplete"
