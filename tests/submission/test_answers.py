"""The answers that one file holds, and functions that only help another."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pytest_deeprnn.submission.contract import answers
from pytest_deeprnn.submission.prepare import Prepared

Prepare = Callable[..., Prepared]


def three(cell: str, state: str | None = None) -> str:
    """Functions of one cell; the state under its usual name where none is given."""
    return (
        f"def get_{cell}_params(vocab_size, num_hiddens, device): pass\n"
        f"def {state or f'init_{cell}_state'}(batch_size, num_hiddens, device): pass\n"
        f"def {cell}(inputs, state, params): pass\n"
    )


DEEP = """
def get_params(vocab_size, num_hiddens, num_layers, device): pass
def init_state(batch_size, num_hiddens, num_layers, device): pass
def forward(inputs, state, params): pass
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (three("rnn"), ["rnn"]),
        (three("rnn") + three("gru"), ["rnn", "gru"]),
        (three("lstm") + three("gru") + three("rnn"), ["rnn", "gru", "lstm"]),
        (three("gru", "init_state") + three("lstm", "init_state"), ["gru", "lstm"]),
        (three("gru", "begin_state") + three("lstm"), ["gru", "lstm"]),
        (three("gru").upper().replace("DEF", "def").replace("PASS", "pass"), ["gru"]),
        (DEEP, []),
        ("x = 1", []),
        (three("gru").replace("get_gru_params", "get_params"), []),
        (three("gru").replace("def gru(", "def forward("), []),
        (three("gru").replace("def gru(", "def lstm("), []),
        (three("rnn") + "def gru(inputs, state, params): pass\n", ["rnn"]),
        (three("gru_rnn"), []),
        (three("rnn") + three("gru").replace("def gru(", "def train_gru("), ["rnn"]),
    ],
)
def test_a_cell_is_answered_by_functions_named_for_it(
    prepared: Prepare, text: str, expected: list[str]
) -> None:
    assert answers(prepared(text).functions) == expected


def test_an_own_state_is_needed_where_cells_have_states_of_their_own(prepared: Prepare) -> None:
    text = three("gru").replace("init_gru_state", "init_lstm_state")
    assert answers(prepared(text).functions) == []


def names(found: Prepared) -> list[str]:
    return [binding.function.name for _, binding in found.contract.bindings()]


HELPED = """
def get_layer_params(vocab_size, num_hiddens, device): return []
def get_params(vocab_size, num_hiddens, device): return get_layer_params(1, 2, device)
def init_layer_state(batch_size, num_hiddens, device): return []
def init_state(batch_size, num_hiddens, device): return init_layer_state(1, 2, device)
def rnn_part(inputs, state, params): return inputs, state
def rnn_whole(inputs, state, params): return rnn_part(inputs, state, params)
"""


@pytest.mark.parametrize("first", [True, False])
def test_an_answer_named_for_the_cell_goes_before_a_plain_one(
    prepared: Prepare, first: bool
) -> None:
    text = three("gru") + DEEP if first else DEEP + three("gru")
    assert names(prepared(text, cells=("gru",))) == ["get_gru_params", "init_gru_state", "gru"]
    assert names(prepared(text)) == ["get_params", "init_state", "forward"]


def test_plain_functions_beside_them_hide_no_named_answers(prepared: Prepare) -> None:
    found = answers(prepared(three("rnn") + three("gru") + DEEP).functions)
    assert {"rnn", "gru"} <= set(found)


def test_a_function_that_another_calls_is_its_helper(prepared: Prepare) -> None:
    assert names(prepared(HELPED)) == ["get_params", "init_state", "rnn_whole"]


@pytest.mark.parametrize(("inner", "outer"), [("a", "b"), ("b", "a")])
def test_it_is_so_whatever_their_names_and_their_order(
    prepared: Prepare, inner: str, outer: str
) -> None:
    functions = [
        f"def gru_{inner}(inputs, state, params): return inputs, state\n",
        f"def gru_{outer}(inputs, state, params): return gru_{inner}(inputs, state, params)\n",
    ]
    for text in ("".join(functions), "".join(reversed(functions))):
        assert names(prepared(text)) == [f"gru_{outer}"]


def test_a_helper_with_the_usual_name_is_still_a_helper(prepared: Prepare) -> None:
    text = (
        "def init_params(vocab_size, num_hiddens, device): return []\n"
        "def get_params(vocab_size, num_hiddens, device): return init_params(1, 2, device)\n"
    )
    assert names(prepared(text)) == ["get_params"]


def test_one_that_calls_itself_is_no_helper(prepared: Prepare) -> None:
    text = "def rnn(inputs, state, params): return rnn(inputs[1:], state, params)\n"
    assert names(prepared(text)) == ["rnn"]


def test_two_that_call_each_other_leave_one_of_them(prepared: Prepare) -> None:
    text = (
        "def rnn_even(inputs, state, params): return rnn_odd(inputs, state, params)\n"
        "def rnn_odd(inputs, state, params): return rnn_even(inputs, state, params)\n"
    )
    assert len(names(prepared(text))) == 1
