"""Functions under the names that learners give them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pytest_deeprnn.core.function_roles import FunctionRole
from pytest_deeprnn.submission.prepare import Prepared

Prepare = Callable[..., Prepared]

SIGNATURES: dict[FunctionRole, str] = {
    "get_params": "(vocab_size, num_hiddens, num_layers, device)",
    "init_state": "(batch_size, num_hiddens, num_layers, device)",
    "forward": "(inputs, state, params)",
}
USUAL: dict[FunctionRole, str] = {
    "get_params": "get_params",
    "init_state": "init_state",
    "forward": "forward",
}
TRAINING = """
def train_epoch(net, state, params, inputs): pass
def predict(prefix, num_preds, net, params, state): pass
def grad_clipping(net, theta): pass
def evaluate_rnn(inputs, state, params): pass
def one_hot(x, n): pass
"""


def chosen(prepared: Prepared, role: FunctionRole) -> str | None:
    binding = getattr(prepared.contract, role)
    return None if binding is None else str(binding.function.name)


def script(names: dict[FunctionRole, str]) -> str:
    return "".join(f"def {name}{SIGNATURES[role]}: pass\n" for role, name in names.items())


@pytest.mark.parametrize(
    "name",
    [
        "get_param",
        "getParams",
        "get_params_R",
        "GetParams",
        "get_gru_params",
        "get_lstm_params",
        "get_rnn_params_deep",
        "get_deep_rnn_params",
        "init_params",
        "initialize_parameters",
        "make_params",
        "create_weights",
        "build_parameters",
        "params",
        "parameters",
        "hole_parameter",
        "creer_parametres",
        "crea_parametri",
        "paramètres",
    ],
)
def test_get_params_is_found(prepared: Prepare, name: str) -> None:
    found = prepared(script({**USUAL, "get_params": name}) + TRAINING)
    assert [chosen(found, role) for role in USUAL] == [name, "init_state", "forward"]


@pytest.mark.parametrize(
    "name",
    [
        "init_hidden_state",
        "initState",
        "init_lstm_layer",
        "init_rnn_state",
        "begin_state",
        "zero_state",
        "initial_states",
        "get_initial_state",
        "init_hidden",
        "make_state",
        "hidden_states",
    ],
)
def test_init_state_is_found(prepared: Prepare, name: str) -> None:
    found = prepared(script({**USUAL, "init_state": name}) + TRAINING)
    assert [chosen(found, role) for role in USUAL] == ["get_params", name, "forward"]


@pytest.mark.parametrize(
    "name",
    [
        "rnn",
        "rnn_2",
        "deeprnn",
        "deep_rnn",
        "rnn_forward",
        "GRU_forward",
        "do_gru",
        "gru_scratch",
        "LSTM",
        "my_lstm",
        "net",
        "model",
        "unroll",
        "vorwaerts",
        "adelante",
        "propager",
        "f",
    ],
)
def test_forward_is_found(prepared: Prepare, name: str) -> None:
    found = prepared(TRAINING + script({**USUAL, "forward": name}))
    assert [chosen(found, role) for role in USUAL] == ["get_params", "init_state", name]


@pytest.mark.parametrize("helper", ["gru_step", "grucell", "LSTMCell", "lstm_layer"])
def test_a_function_for_one_step_is_not_taken_for_forward(prepared: Prepare, helper: str) -> None:
    text = script(USUAL) + f"def {helper}(x, state, params): pass\n"
    assert chosen(prepared(text), "forward") == "forward"


@pytest.mark.parametrize(
    "name",
    ["train_gru", "predict_rnn", "test_rnn", "clip_rnn", "rnn_loss", "fit_gru", "rnn_perplexity"],
)
def test_training_functions_are_never_forward(prepared: Prepare, name: str) -> None:
    text = f"def {name}(inputs, state, params): pass\n"
    assert chosen(prepared(text), "forward") is None


@pytest.mark.parametrize("name", ["latest_gru", "constrained_rnn", "forward_upgraded"])
def test_words_that_hold_a_training_word_do_no_harm(prepared: Prepare, name: str) -> None:
    assert chosen(prepared(script({**USUAL, "forward": name})), "forward") == name


LETTERS = """
def build_gru(n, d, h, q=None, *, sigma=0.01): pass
def start_state(n, h, b): pass
def rnn_step_all(theta, hs, xs): pass
def perplexity(theta, x, y, n, h):
    return rnn_step_all(theta, start_state(n, h, 1), x)
"""


def test_a_function_that_makes_is_not_taken_for_forward(prepared: Prepare) -> None:
    found = [chosen(prepared(LETTERS), role) for role in USUAL]
    assert found == ["build_gru", "start_state", "rnn_step_all"]


def test_a_list_of_what_is_made_already_is_not_taken_for_get_params(prepared: Prepare) -> None:
    text = script({**USUAL, "get_params": "init_weights"}).replace(
        "(vocab_size, num_hiddens)", "()"
    )
    found = prepared(text + "def parameters(weights): return list(weights)\n")
    assert chosen(found, "get_params") == "init_weights"


def test_zeros_of_one_length_are_no_state(prepared: Prepare) -> None:
    text = script({**USUAL, "init_state": "begin"}) + "def zero_bias(n): return [n]\n"
    assert chosen(prepared(text), "init_state") == "begin"


def test_what_makes_a_whole_model_is_not_taken_for_get_params(prepared: Prepare) -> None:
    text = script({**USUAL, "get_params": "weights"}).replace(
        "params): pass", "params): return 1, 2"
    )
    whole = (
        "def make_params(v, h):\n    p = weights(v, h)\n    return p, lambda x: forward(x, 0, p)\n"
    )
    assert chosen(prepared(text + whole), "get_params") == "weights"


def test_a_function_that_makes_functions_is_none_of_them(prepared: Prepare) -> None:
    text = "def make_params(std):\n    def params(v, h): return []\n    return params\n"
    found = prepared(text + script({**USUAL, "get_params": "weights"}))
    assert chosen(found, "get_params") == "weights"


THREE_CELLS = "".join(
    f"def get_{cell}_params(vocab_size, num_hiddens, device): pass\n"
    f"def init_{cell}_state(batch_size, num_hiddens, device): pass\n"
    f"def {cell}(inputs, state, params): pass\n"
    for cell in ("rnn", "gru", "lstm")
)


@pytest.mark.parametrize("cell", ["rnn", "gru", "lstm"])
def test_of_three_cells_in_a_file_the_exercise_chooses(prepared: Prepare, cell: str) -> None:
    found = prepared(THREE_CELLS, cells=(cell,))
    assert [chosen(found, role) for role in USUAL] == [
        f"get_{cell}_params",
        f"init_{cell}_state",
        cell,
    ]


def test_a_shared_init_state_serves_every_cell(prepared: Prepare) -> None:
    text = THREE_CELLS.replace("def init_gru_state", "def unused")
    assert chosen(prepared(text, cells=("gru",)), "forward") == "gru"
    assert chosen(prepared(text, cells=("gru",)), "init_state") in (
        "init_rnn_state",
        "init_lstm_state",
    )
