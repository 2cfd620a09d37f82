"""What a report says of a file in which a function is missing: what stands there, and where."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hands import HEAD, PARAMS, STATE, THREE, function

from pytest_deeprnn.core.report import Report

MAKERS = function("get_params(V, H, L, device)", PARAMS) + function(
    "init_state(B, H, L, device)", STATE
)


@pytest.mark.parametrize(
    ("text", "first", "marked"),
    [
        (
            HEAD + MAKERS + "def lstm(xs, width):\n    return xs, None\n",
            "lstm (line {}) takes xs and width; forward is asked to take inputs, state and params.",
            "def lstm(xs, width):",
        ),
        (
            HEAD + "class Layer(torch.nn.Module):\n    def forward(self, x):\n        return x\n",
            "Layer (line {}) is a class; the exercise asks for the functions get_params, "
            "init_state and forward.",
            "class Layer(torch.nn.Module):",
        ),
        (
            HEAD + MAKERS + "def main():\n    def forward(inputs, state, params):\n        pass\n",
            "forward (line {}) stands inside main",
            "    def forward(inputs, state, params):",
        ),
        (
            HEAD + MAKERS + "async def forward(inputs, state, params):\n    pass\n",
            "forward (line {}) is async",
            "async def forward(inputs, state, params):",
        ),
        ("import torch\nW = torch.ones(2)\nW += 1\n", "The file is a script of 3 statements", ""),
        ("# nothing\n", "The file holds no statement", ""),
        (HEAD + "def greet(name):\n    return name\n", "The file defines greet", ""),
    ],
)
def test_the_first_sentence_says_what_stands_there(
    graded: Callable[..., Report], text: str, first: str, marked: str
) -> None:
    report = graded(text)
    (contract,) = (check for check in report.checks if check.id == "contract")
    line = text.splitlines().index(marked) + 1 if marked else None
    assert contract.message.startswith(first.format(line))
    assert report.diagnoses[0].code == "missing-function"
    assert report.diagnoses[0].line == line


def test_functions_that_give_other_forms_are_not_taken(graded: Callable[..., Report]) -> None:
    text = HEAD + THREE.replace("rows.append(X @ last + bias)", "rows.append(X)")
    report = graded(text.replace("three(", "gamma(").replace("one(", "alpha("))
    assert report.verdict == "fail"
    assert report.diagnoses[0].code == "missing-function"
