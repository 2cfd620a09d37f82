"""torch's own recurrent layers are seen by every road, and nothing else is."""

from __future__ import annotations

import contextlib
import threading
import warnings
from collections.abc import Callable

import pytest
import torch
from asking import call, loaded, with_line
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_sequence

from pytest_deeprnn.sandbox.host.host import Host
from pytest_deeprnn.sandbox.host.recurrence_block import refused
from pytest_deeprnn.sandbox.protocol.messages import Raised, Ran, Reply, Watch, Watched

X = torch.linspace(-1, 1, 8).reshape(2, 2, 2)  # (T, B, V)
ROW = X[0]
H3 = torch.linspace(0, 1, 6).reshape(2, 3)
STATE = H3[None]


def weights(gates: int) -> list[Tensor]:
    """Input, recurrent, two biases, as torch.nn keeps them."""
    height = 3 * gates
    return [
        torch.linspace(-1, 1, height * 2).reshape(height, 2),
        torch.linspace(1, -1, height * 3).reshape(height, 3),
        torch.linspace(0, 1, height),
        torch.zeros(height),
    ]


def whole(operator: Callable[..., object], gates: int) -> object:
    """A call of a whole layer: inputs, state, weights, biases, layers, dropout, and three flags."""
    state = (STATE, STATE) if gates == 4 else STATE
    return operator(X, state, weights(gates), True, 1, 0.0, False, False, False)


def gru_of(inputs: Tensor, state: Tensor, held: list[Tensor]) -> tuple[Tensor, Tensor]:
    return torch.gru(inputs, state, held, True, 1, 0.0, False, False, False)


with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # TorchScript is deprecated, but learners have it
    SCRIPTED = torch.jit.script(gru_of)
    TRACED = torch.jit.trace(nn.GRU(2, 3), X, check_trace=False)

ROADS: dict[str, Callable[[], object]] = {
    "nn.RNN": lambda: nn.RNN(2, 3)(X),
    "nn.RNN with relu": lambda: nn.RNN(2, 3, nonlinearity="relu")(X),
    "nn.GRU": lambda: nn.GRU(2, 3)(X),
    "nn.LSTM": lambda: nn.LSTM(2, 3)(X),
    "two layers, batch first": lambda: nn.LSTM(2, 3, 2, batch_first=True)(X),
    "both ways": lambda: nn.GRU(2, 3, bidirectional=True)(X),
    "projections": lambda: nn.LSTM(2, 3, proj_size=1)(X),
    "packed sequence": lambda: nn.GRU(2, 3)(pack_sequence([X[:, 0], X[:1, 1]])),
    "one sequence": lambda: nn.GRU(2, 3)(X[:, 0]),
    "nn.RNNCell": lambda: nn.RNNCell(2, 3)(ROW),
    "nn.RNNCell with relu": lambda: nn.RNNCell(2, 3, nonlinearity="relu")(ROW),
    "nn.GRUCell": lambda: nn.GRUCell(2, 3)(ROW),
    "nn.LSTMCell": lambda: nn.LSTMCell(2, 3)(ROW),
    "torch.gru": lambda: whole(torch.gru, 3),
    "torch.lstm": lambda: whole(torch.lstm, 4),
    "torch.rnn_tanh": lambda: whole(torch.rnn_tanh, 1),
    "torch.rnn_relu": lambda: whole(torch.rnn_relu, 1),
    "torch.gru_cell": lambda: torch.gru_cell(ROW, H3, *weights(3)),
    "torch.lstm_cell": lambda: torch.lstm_cell(ROW, (H3, H3), *weights(4)),
    "torch.rnn_tanh_cell": lambda: torch.rnn_tanh_cell(ROW, H3, *weights(1)),
    "torch._VF.lstm": lambda: whole(torch._VF.lstm, 4),
    "torch._C._VariableFunctions": lambda: whole(torch._C._VariableFunctions.gru, 3),
    "torch.ops.aten.rnn_tanh": lambda: whole(torch.ops.aten.rnn_tanh.input, 1),
    "torch.ops.aten.gru_cell": lambda: torch.ops.aten.gru_cell(ROW, H3, *weights(3)),
    "torch.ops.aten.mkldnn_rnn_layer": lambda: torch.ops.aten.mkldnn_rnn_layer(
        *(X, *weights(3), STATE, STATE), False, [], 3, 3, 1, True, False, False, False
    ),
    "a script made before": lambda: SCRIPTED(X, STATE, weights(3)),
    "a trace made before": lambda: TRACED(X),
    "without gradients": lambda: _inside(torch.no_grad(), lambda: nn.LSTM(2, 3)(X)),
    "in inference mode": lambda: _inside(torch.inference_mode(), lambda: nn.GRU(2, 3)(X)),
    "past torch functions": lambda: _inside(
        torch._C.DisableTorchFunction(), lambda: nn.GRU(2, 3)(X)
    ),
    "in another precision": lambda: _inside(
        torch.autocast("cpu", dtype=torch.bfloat16), lambda: nn.GRU(2, 3)(X)
    ),
    "on the meta device": lambda: nn.GRU(2, 3, device="meta")(X.to("meta")),
    "under torch.func": lambda: torch.func.jacrev(lambda x: nn.GRUCell(2, 3)(x))(ROW),
    "without state kept": lambda: torch.func.functional_call(
        nn.GRUCell(2, 3), dict(nn.GRUCell(2, 3).named_parameters()), (ROW,)
    ),
}


def _inside(
    context: contextlib.AbstractContextManager[object], work: Callable[[], object]
) -> object:
    with context:
        return work()


@pytest.mark.parametrize("road", ROADS)
def test_a_recurrent_layer_is_seen_by_every_road(road: str) -> None:
    with refused(set()) as seen, pytest.raises(RuntimeError, match="torch's own"):
        ROADS[road]()
    assert len(seen) == 1


@pytest.mark.parametrize(
    ("work", "operator"),
    [
        (ROADS["nn.GRU"], "gru"),
        (ROADS["nn.LSTMCell"], "lstm_cell"),
        (ROADS["torch.ops.aten.rnn_tanh"], "rnn_tanh"),
        (ROADS["nn.RNN with relu"], "rnn_relu"),
    ],
)
def test_the_operator_is_named(work: Callable[[], object], operator: str) -> None:
    with refused(set()) as seen, contextlib.suppress(RuntimeError):
        work()
    assert [one.operator for one in seen] == [operator]


def test_another_thread_is_seen() -> None:
    def work() -> None:
        with contextlib.suppress(RuntimeError):
            nn.GRU(2, 3)(X)

    with refused(set()) as seen:
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    assert [one.operator for one in seen] == ["gru"]


def test_it_is_seen_although_the_exception_is_swallowed() -> None:
    with refused(set()) as seen, contextlib.suppress(BaseException):
        nn.GRU(2, 3)(X)
    assert len(seen) == 1


def test_what_is_called_a_thousand_times_fills_no_memory() -> None:
    cell = nn.RNNCell(2, 3)
    with refused(set()) as seen:
        for _ in range(1000):
            with contextlib.suppress(RuntimeError):
                cell(ROW)
    assert 1 <= len(seen) <= 100


def gru(x: Tensor, h: Tensor) -> Tensor:
    """A learner's own function under torch's name."""
    z = torch.sigmoid(nn.functional.linear(x, weights(1)[0]) + h @ weights(1)[1])
    return z * h + (1 - z) * torch.tanh(nn.Linear(2, 3)(x))


@pytest.mark.parametrize(
    "work",
    [
        lambda: X @ X.mT,
        lambda: torch.tanh(X),
        lambda: nn.Linear(2, 3)(X),
        lambda: torch.addmm(H3, ROW, torch.ones(2, 3)),
        lambda: torch.einsum("tbv,vh->tbh", X, torch.ones(2, 3)),
        lambda: torch.cat([ROW, H3], 1).sigmoid(),
        lambda: nn.Embedding(5, 3)(torch.tensor([0, 4])),
        lambda: nn.functional.scaled_dot_product_attention(X, X, X),
        lambda: nn.LayerNorm(2)(X),
        lambda: nn.GRU(2, 3),
        lambda: gru(ROW, H3),
        lambda: (ROW.clone().requires_grad_() @ torch.ones(2, 3)).tanh().sum().backward(),
    ],
)
def test_what_is_written_out_is_not_seen(work: Callable[[], object]) -> None:
    with refused(set()) as seen:
        work()
    assert seen == []


@pytest.fixture
def layers() -> dict[str, Callable[[], Tensor]]:
    """Layers with numbers of their own, which give the same each time."""
    one, two, three = nn.GRU(2, 3), nn.LSTM(2, 3), nn.RNNCell(2, 3)
    return {"gru": lambda: one(X)[0], "lstm": lambda: two(X)[0], "cell": lambda: three(ROW)}


def test_afterwards_every_layer_gives_its_numbers_again(
    layers: dict[str, Callable[[], Tensor]],
) -> None:
    before = {name: layer() for name, layer in layers.items()}
    for _ in range(3):
        with refused(set()), contextlib.suppress(RuntimeError):
            layers["gru"]()
    assert all(torch.equal(layer(), before[name]) for name, layer in layers.items())


def test_gradients_are_taken_again_after_it_was_left_by_an_exception() -> None:
    with pytest.raises(ZeroDivisionError), refused(set()):
        raise ZeroDivisionError
    layer = nn.GRU(2, 3)
    layer(X)[0].sum().backward()
    assert all(weight.grad is not None for weight in layer.parameters())


def watched(host: Host, line: str) -> Reply:
    return loaded(host, with_line(line)).answer(Watch(call=call()))


def test_the_line_of_the_submission_is_told(host: Host) -> None:
    reply = watched(host, "H = torch.nn.GRUCell(2, 3)(inputs[0], H)")
    assert isinstance(reply, Watched)
    (seen,) = reply.delegations
    assert (seen.operator, seen.frame and seen.frame.line) == ("gru_cell", 7)
    assert seen.frame is not None
    assert (seen.frame.filename, seen.frame.function) == ("student.py", "forward")


@pytest.mark.parametrize(
    "line",
    [
        "torch.nn.GRU(2, 3)(inputs)",
        "\n    try: torch.nn.GRU(2, 3)(inputs)\n    except BaseException: H = H * 2",
    ],
)
def test_a_call_that_fails_and_one_that_goes_on_are_told_alike(host: Host, line: str) -> None:
    reply = watched(host, line)
    assert isinstance(reply, Watched)
    assert [one.operator for one in reply.delegations] == ["gru"]


def test_a_forward_of_its_own_delegates_nothing(host: Host) -> None:
    reply = watched(host, "H = torch.nn.functional.linear(H, torch.eye(3))")
    assert isinstance(reply, Watched)
    assert reply.delegations == ()


def test_an_exception_of_its_own_stays_one(host: Host) -> None:
    reply = watched(host, "raise KeyError('mine')")
    assert isinstance(reply, Raised)
    assert (reply.type, reply.stage) == ("KeyError", "call")


def test_a_call_after_it_runs_as_ever(host: Host) -> None:
    line = "H = torch.nn.RNNCell(2, 3)(inputs[0], H)"
    watched(host, line)
    assert isinstance(host.answer(call()), Ran)
