"""Folders, zips and notebooks."""

from __future__ import annotations

import json
import zipfile

from commands import Deeprnn, text_of, with_forward


def test_folder_with_a_crash_gives_everyone_a_report(deeprnn: Deeprnn) -> None:
    deeprnn.files(
        {
            "class/anna/student.py": text_of("deep_rnn.py"),
            "class/bert/student.py": with_forward("raise ValueError('my own')"),
            "class/cleo.py": text_of("gru_rnn.py"),
        }
    )
    ended = deeprnn.grade("class", "-v")
    verdicts = {name: ended.report(name).verdict for name in ("anna__student", "bert__student")}
    assert ended.code == 1
    assert verdicts == {"anna__student": "pass", "bert__student": "fail"}
    assert ended.report("bert__student").diagnoses[0].code == "crash"
    assert ended.report("cleo").diagnoses[0].code == "wrong-cell"
    assert "anna/student.py::deep-rnn::own-state PASSED" in ended.out
    assert "Traceback" not in ended.text


def test_zip_and_notebook(practice: Deeprnn) -> None:
    text = text_of("gru_rnn_one_state.py")
    head, body = text.split("def forward")
    sources: list[str | list[str]] = [
        ["%matplotlib inline\n", "import torch"],
        head,
        f"def forward{body}",
    ]
    cells: list[dict[str, object]] = [
        {
            "cell_type": "code",
            "source": source,
            "metadata": {},
            "outputs": [],
            "execution_count": None,
        }
        for source in sources
    ]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    with zipfile.ZipFile(practice.folder / "all.zip", "w") as archive:
        archive.writestr("net.ipynb", json.dumps(notebook))
        archive.writestr("right.py", text_of("gru_rnn.py"))
    ended = practice.grade("--deeprnn-submission=all.zip", exercise="gru-rnn")
    first = ended.report("net").diagnoses[0]
    assert ended.code == 1
    assert ended.report("right").verdict == "pass"
    assert (first.code, first.cell) == ("shared-state", 3)
    assert (first.source or "").strip() == "H1, = state"
    assert "net.ipynb" in ended.out
    assert {"index.html", "grades.csv"} <= ended.files
