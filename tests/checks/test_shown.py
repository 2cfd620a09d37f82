"""What the report shows of a case is that case."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
from measured import CASES, DEEP, RNN
from msgspec.structs import replace
from torch import Tensor

from pytest_deeprnn.checks.examples import (
    MOST_UNITS,
    drawn,
    example,
    output_place,
    state_place,
    with_units,
)
from pytest_deeprnn.checks.outcome import Failed
from pytest_deeprnn.checks.output_shape import output_shape
from pytest_deeprnn.checks.values import new_state, output_values
from pytest_deeprnn.core.report import Example
from pytest_deeprnn.measurement.cases.drawn import Case
from pytest_deeprnn.measurement.traces import Traces
from pytest_deeprnn.reporting.html_page.page import _environment
from pytest_deeprnn.reporting.html_page.reproduce import _text
from pytest_deeprnn.submission.call_text import call_text

Measure = Callable[..., Traces]
RELU = RNN.replace("torch.tanh(X", "torch.relu(X")
PAIR = RNN.replace(
    "return torch.cat(outputs), [H]", "return torch.stack(outputs), {'H': H}"
).replace("H, = state", "H = state['H']")
PAIR = PAIR.replace(
    "return [torch.zeros(batch_size", "return {'H': torch.zeros(batch_size"
).replace(
    "num_hiddens, device=device)]\n\ndef forward", "num_hiddens, device=device)}\n\ndef forward"
)
PLAIN = DEEP.replace("ONLY", "False").replace("OTHER", "pass")
#: Other numbers, and ways to be called: rounded, many units, init_state's own state, no gradients.
KINDS = [
    {},
    {"dtype": "float32"},
    {"hiddens": 20},
    {"state": "made"},
    {"tracked": False},
]


def shown(outcome: object) -> Example:
    assert isinstance(outcome, Failed)
    assert outcome.example is not None
    return outcome.example


@pytest.mark.parametrize("changes", KINDS)
@pytest.mark.parametrize("text", [RNN, PAIR, PLAIN])
def test_the_program_gives_the_numbers_of_the_case(
    traces: Measure, capsys: pytest.CaptureFixture[str], text: str, changes: dict[str, object]
) -> None:
    measured = traces(text, "deep-rnn" if text is PLAIN else "rnn")
    case = replace(CASES[1], layers=2 if text is PLAIN else 1, **changes)
    trace = measured.trace(case)
    row, unit = 7, 2
    number = float(trace.rows()[row, unit])
    told = replace(example(trace), place=output_place(trace, row, unit), expected=number)
    assert numbers(measured, told, text, capsys) == pytest.approx([number, number], rel=1e-6)


def numbers(
    measured: Traces, told: Example, text: str, capsys: pytest.CaptureFixture[str]
) -> list[float]:
    """What the program of a case prints below the submission."""
    calls = {
        str(role): call_text(measured.prepared, binding)
        for role, binding in measured.prepared.contract.bindings()
    }
    code = _text(told, calls, _environment("en"))
    assert code is not None
    capsys.readouterr()
    exec(f"{text}\n{code}", {})
    return [float(line.split()[-1]) for line in capsys.readouterr().out.splitlines()]


def test_a_row_of_units_stands_beside_the_first_that_differs(traces: Measure) -> None:
    told = shown(output_values(traces(RELU)))
    assert told.unit is not None
    assert told.expected_units[told.unit - told.first_unit] == told.expected
    assert told.got_units[told.unit - told.first_unit] == told.got
    assert len(told.got_units) == told.sizes["V"]
    assert told.place == f"outputs[{(told.step or 0) - 1}, {told.unit - 1}]"


def test_a_row_of_a_state_is_that_of_its_layer(traces: Measure) -> None:
    told = shown(new_state(traces(RELU)))
    assert told.unit is not None
    assert told.got_units[told.unit - 1] == told.got
    assert len(told.expected_units) == told.sizes["H"]
    assert told.place == f"new_state[0][{(told.row or 0) - 1}, {told.unit - 1}]"


def test_a_case_of_several_units_is_shown_where_there_is_one(traces: Measure) -> None:
    told = shown(output_values(traces(RELU)))
    assert min(told.sizes["V"], told.sizes["H"]) > 1


@pytest.mark.parametrize(("unit", "first"), [(1, 1), (7, 1), (8, 2), (40, 29)])
def test_of_many_units_those_around_the_first_are_told(unit: int, first: int) -> None:
    row = torch.arange(40, dtype=torch.float64)
    told = with_units(Example(sizes={}, seed=0, unit=unit), row, row, "")
    assert told.first_unit == first
    assert told.expected_units == tuple(float(n) for n in range(first - 1, first - 1 + MOST_UNITS))


def test_json_has_no_infinity() -> None:
    row: Tensor = torch.tensor([1.0, float("nan"), float("-inf")])
    told = with_units(Example(sizes={}, seed=0, unit=1), row, row, "")
    assert told.got_units == (1.0, None, None)


def test_places_name_steps_and_keys_where_there_are_any(traces: Measure) -> None:
    trace = traces(PAIR).trace(CASES[0])
    assert output_place(trace, 3, 4) == "outputs[1, 1, 4]"
    assert state_place(trace, 1, 0, 1, 2) == "new_state['H'][1, 2]"


def test_a_state_in_several_values_has_no_place(traces: Measure) -> None:
    three = RNN.replace("return torch.cat(outputs), [H]", "return torch.cat(outputs), H, H")
    assert output_place(traces(three).trace(CASES[0]), 0, 0) == ""


OBJECT = RNN.replace("import torch", "import torch\nfrom types import SimpleNamespace as Box")
OBJECT = (
    OBJECT.replace(
        "return [torch.zeros(batch_size, num_hiddens, device=device)]",
        ("return Box(H=torch.zeros(batch_size, num_hiddens, device=device))"),
    )
    .replace("H, = state", "H = state.H")
    .replace("[H]", "Box(H=H)")
)


def test_objects_are_not_told_in_a_few_lines(traces: Measure) -> None:
    trace = traces(OBJECT).trace(CASES[0])
    assert example(trace).drawn is None
    assert drawn(trace.case, trace.sizes) is not None


def test_another_device_is_not_told(traces: Measure) -> None:
    trace = traces(RNN).trace(CASES[0])
    assert drawn(replace(trace.case, device="cuda"), trace.sizes) is None


def test_a_case_that_raises_can_be_made_again(traces: Measure) -> None:
    raises = RNN.replace("H, = state", "H, = state\n    if len(inputs) > 3: H = H[:, :1] @ H")
    outcome = output_shape(traces(raises))
    assert shown(outcome).drawn is not None
    assert isinstance(outcome, Failed)
    assert [frame.function for frame in outcome.frames] == ["forward"]


@pytest.mark.parametrize(
    "text",
    [
        RNN.replace("device=device)]", "device=device, dtype=torch.float32)]"),
        RNN.replace("vocab_size, num_hiddens, device", "vocab_size, device").replace(
            "import torch", "import torch\nnum_hiddens = 4"
        ),
    ],
)
def test_a_plain_call_that_would_do_something_else_is_not_told(traces: Measure, text: str) -> None:
    prepared = traces(text).prepared
    assert {call_text(prepared, binding) for _, binding in prepared.contract.bindings()} == {""}


def test_calls_are_told_with_the_book_s_letters(traces: Measure) -> None:
    prepared = traces(PLAIN).prepared
    calls = [call_text(prepared, binding) for _, binding in prepared.contract.bindings()]
    assert calls == [
        "get_params(vocab_size=V, num_hiddens=H, num_layers=L, device=device)",
        "init_state(batch_size=B, num_hiddens=H, num_layers=L, device=device)",
        "forward(inputs=inputs, state=state, params=params)",
    ]


def test_the_case_is_that_of_the_report(traces: Measure) -> None:
    case: Case = CASES[2]
    told = example(traces(RNN).trace(case))
    assert (told.seed, told.sizes) == (case.seed, {"V": 3, "H": 3, "L": 1, "B": 1, "T": 1})
