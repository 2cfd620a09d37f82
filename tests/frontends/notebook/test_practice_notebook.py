"""check in a notebook that is really executed."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from practised import HELPER, IMPORTS, PARAMS, RIGHT, STATE, WRONG

CHECK = "check({}, init_state, forward, exercise='rnn', profile='quick')"
STATE_OF_PROCESS = """
import random, sys
import numpy
def around():
    return (
        torch.get_rng_state().tolist(), random.getstate(), numpy.random.get_state()[1].tolist(),
        torch.get_default_dtype(), torch.is_grad_enabled(), torch.get_num_threads(),
        torch.get_deterministic_debug_mode(), 'submission' in sys.modules, list(sys.meta_path),
        sys.stdout, sys.gettrace(),
    )
torch.set_default_dtype(torch.float64)
torch.set_grad_enabled(False)
torch.use_deterministic_algorithms(True)
before = around()
"""
CELLS = {
    "imports": f"%xmode plain\n{IMPORTS}\nfrom pytest_deeprnn import check",
    "helper": f"%%time\n{HELPER}",
    "params": PARAMS,
    "no python": "def forward(inputs",
    "wrong": f"{STATE}\n{WRONG}",
    "check wrong": CHECK.format("get_params"),
    "right": f"print('redefined')\n{RIGHT}",
    "settings": STATE_OF_PROCESS,
    "check right": f"found = {CHECK.format('get_params')}\nfound",
    "unharmed": "print(around() == before)",
    "text": "print(found)",
    "no name": CHECK.format("lambda v, h, d: get_params(v, h, d)"),
}
IN = {name: number for number, name in enumerate(CELLS, start=1)}


@pytest.fixture(scope="module")
def outputs() -> dict[str, list[Any]]:
    """What each cell gave."""
    cells = [nbformat.v4.new_code_cell(text) for text in CELLS.values()]
    notebook = nbformat.v4.new_notebook(cells=cells)
    NotebookClient(notebook, kernel_name="python3", timeout=300, allow_errors=True).execute()
    return {name: cell.outputs for name, cell in zip(CELLS, notebook.cells, strict=True)}


def _page(outputs: list[Any]) -> str:
    """The page inside of the frame."""
    (shown,) = outputs
    frame = re.fullmatch(
        r'<iframe title="[^"]*" srcdoc="([^"]*)" sandbox style="[^"]*"></iframe>',
        shown.data["text/html"],
    )
    assert frame is not None
    return unescape(frame[1])


def test_a_wrong_network_is_told_its_cause_and_line(outputs: dict[str, list[Any]]) -> None:
    page = _page(outputs["check wrong"])
    assert page.startswith("<!doctype html>")
    assert "return torch.cat(outputs), state" in re.sub("<[^>]*>", "", unescape(page))
    assert f"cell {IN['wrong']}" in outputs["check wrong"][0].data["text/plain"]
    assert "state-not-returned" in outputs["check wrong"][0].data["text/plain"]


def test_the_page_calls_it_practice(outputs: dict[str, list[Any]]) -> None:
    assert "its points do not count as a grade" in _page(outputs["check wrong"])


def test_the_last_definition_counts(outputs: dict[str, list[Any]]) -> None:
    assert "rnn: pass, 100 of 100 points" in outputs["check right"][0].data["text/plain"]


def test_the_text_is_that_of_the_terminal_and_calls_it_practice(
    outputs: dict[str, list[Any]],
) -> None:
    text = outputs["text"][0].text
    assert text.startswith("notebook as rnn: pass, 100 of 100 points\n")
    assert "practice run" in text


def test_the_learners_process_stays_as_it_was(outputs: dict[str, list[Any]]) -> None:
    assert outputs["unharmed"][0].text == "True\n"


def test_a_function_without_a_name_is_refused_in_one_line(outputs: dict[str, list[Any]]) -> None:
    (error,) = outputs["no name"]
    assert error.ename == "ValueError"
    assert error.evalue.startswith("check: get_params has no name of its own")
    assert "\n" not in error.evalue
