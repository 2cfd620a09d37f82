"""Functions in every form that they are handed in: found, called, graded, and told apart."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hands import FORMS, HEAD, METHODS, THREE, inside, plain

from pytest_deeprnn.core.report import Report
from pytest_deeprnn.submission.prepare import Prepared

USUAL = plain(
    "get_params(V, H, L, device)", "init_state(B, H, L, device)", "forward(inputs, state, params)"
)


def reached(prepared: Prepared) -> tuple[str, ...]:
    return tuple(binding.function.name for _, binding in prepared.contract.bindings())


@pytest.mark.parametrize("form", FORMS)
def test_functions_are_found_in_what_a_module_holds(
    completed: Callable[..., Prepared], form: str
) -> None:
    text, expected = FORMS[form]
    assert reached(completed(HEAD + text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "import mine\nget_params = mine.get_params\n"
        "init_state = mine.init_state\nforward = mine.forward\n",
        "from mine import *\n",
        "from mine import get_params, init_state, forward\n",
        "import mine as m\nforward, get_params = m.forward, m.get_params\n"
        "init_state = m.init_state\n",
    ],
)
def test_functions_of_a_module_beside_the_file_are_found_at_their_lines(
    completed: Callable[..., Prepared], text: str
) -> None:
    contract = completed(text, mine=USUAL).contract
    assert contract.forward is not None
    function = contract.forward.function
    line = USUAL.splitlines().index("def forward(inputs, state, params):") + 1
    assert (function.name, function.file, function.line) == ("forward", "mine.py", line)


@pytest.mark.parametrize("form", ["entries of a dictionary", "methods of an object"])
def test_a_right_network_passes_and_says_how_it_was_called(
    graded: Callable[..., Report], form: str
) -> None:
    text, (_, _, forward) = FORMS[form]
    report = graded(HEAD + text)
    assert (report.verdict, report.score) == ("pass", report.max_score)
    assert any(f"called as {forward}(" in note for note in report.notes)


def test_a_fault_in_a_method_is_told_at_its_line(graded: Callable[..., Report]) -> None:
    wrong = METHODS.replace("torch.tanh(", "torch.sigmoid(")
    text = HEAD + inside("class Net:", wrong) + "net = Net()"
    report = graded(text)
    line = next(at for at, one in enumerate(text.splitlines(), 1) if "sigmoid" in one)
    assert report.verdict == "fail"
    assert (report.diagnoses[0].code, report.diagnoses[0].line) == ("wrong-activation", line)


def test_a_file_with_many_networks_is_graded_by_its_first_choice(
    completed: Callable[..., Prepared],
) -> None:
    wrong = THREE.replace("torch.tanh(", "torch.sigmoid(")
    bundle = "dict(get_params=one, init_state=two, forward=three)"
    text = f"{HEAD}{wrong}first = {bundle}\n{THREE}second = {bundle}\n"
    swapped = f"{HEAD}{THREE}first = {bundle}\n{wrong}second = {bundle}\n"
    assert reached(completed(text)) == reached(completed(swapped))


def test_an_object_that_trains_when_it_is_made_is_left_alone(
    completed: Callable[..., Prepared],
) -> None:
    made = "def __init__(self):\n    print('epoch 1')\n    raise SystemExit\n"
    text = HEAD + inside("class Net:", made + METHODS) + "net = Net()"
    assert completed(text).contract.missing() == ("get_params", "init_state", "forward")
