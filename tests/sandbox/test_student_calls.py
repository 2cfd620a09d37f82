"""The trusted side's view of a submission, with workers in this process or made up."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
import torch

from pytest_deeprnn.core.sizes import Sizes
from pytest_deeprnn.measurement.calls.replies import Numbers
from pytest_deeprnn.measurement.calls.runner import (
    MAX_LOST_WORKERS,
    StudentLost,
    StudentRaised,
    SubmissionRunner,
)
from pytest_deeprnn.sandbox.in_process import LocalSpawner
from pytest_deeprnn.sandbox.protocol.messages import Leaf, Loaded, Made, Protection, Reply, Request
from pytest_deeprnn.sandbox.protocol.spawn_messages import Rights
from pytest_deeprnn.sandbox.worker import (
    InvalidReply,
    Spawner,
    WorkerDied,
    WorkerLost,
    WorkerTimeout,
)
from pytest_deeprnn.submission.discover import discover
from pytest_deeprnn.submission.prepare import prepare

TEXT = """
import torch
width = 7
def get_params(vocab_size, num_hiddens, device):
    return {"W": torch.full((vocab_size, num_hiddens), 0.5), "i": torch.tensor(3)}
def init_state(batch_size, num_hiddens, device):
    return torch.zeros(batch_size, num_hiddens)
def forward(inputs, state, params):
    H = state + inputs.sum(0) @ params["W"]
    return H[:, :1] * 2, H
"""
SIZES = Sizes(vocab=2, hiddens=3, layers=1, batch=2, steps=1)
X = torch.eye(2, dtype=torch.float64)[None]
W = torch.arange(6, dtype=torch.float64).reshape(2, 3)
H = torch.ones(2, 3, dtype=torch.float64)


@pytest.fixture
def student(tmp_path: Path) -> Iterator[Callable[..., SubmissionRunner]]:
    """A student of this text; torch's default dtype is left as it was."""
    dtype, made = torch.get_default_dtype(), list[SubmissionRunner]()

    def of(text: str = TEXT, spawner: Spawner | None = None) -> SubmissionRunner:
        (tmp_path / "student.py").write_text(text)
        prepared = prepare(discover([str(tmp_path / "student.py")])[0], frozenset())
        one = SubmissionRunner(
            spawner or LocalSpawner(),
            prepared.load,
            prepared.contract,
            prepared.constants,
        )
        made.append(one)
        return one

    yield of
    for one in made:
        one.close()
    torch.set_default_dtype(dtype)


Make = Callable[..., SubmissionRunner]


def test_numbers_of_params_and_state(student: Make) -> None:
    one = student()
    params, state = one.params(SIZES), one.state(SIZES)
    assert (params.container, params.shapes, state.shapes) == ("dict", ((2, 3),), ((2, 3),))
    assert params.values[0].tolist() == [[0.5] * 3] * 2
    assert [leaf.path for leaf in params.leaves] == ["['W']", "['i']"]


def test_forward_by_hand(student: Make) -> None:
    answer = student().forward(SIZES, X, (W,), (H,), cotangent=torch.ones(2).double())
    assert answer.state[0].tolist() == [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]
    assert answer.outputs[0].tolist() == [[2.0], [8.0]]
    assert answer.gradients is not None
    assert answer.gradients[0] is not None
    assert answer.gradients[0].tolist() == [[2.0, 0.0, 0.0]] * 2
    assert not answer.rounded


def test_rounded_says_whether_less_than_float64_came_back(student: Make) -> None:
    one = student(TEXT.replace("* 2, H", ".to(torch.bfloat16), H"))
    assert one.forward(SIZES, X, (W,), (H,)).rounded


def test_jacobian_has_a_row_for_each_result_and_a_column_for_each_number(student: Make) -> None:
    slopes = student().jacobian(SIZES, X, (W,), (H,), numeric=False)
    assert slopes.matrix.shape == (2 + 6, 6 + 6)
    assert slopes.matrix[0].tolist() == [2, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0]
    assert slopes.slope.shape == (8,)


def test_a_kept_state_is_handed_over_by_name(student: Make) -> None:
    one = student()
    one.forward(SIZES, X, (W,), (H,), keep="first")
    assert one.forward(SIZES, X, (W,), "first").state[0].tolist() == [[1, 3, 5], [7, 9, 11]]


def test_containers_are_made_once_for_each_size(student: Make) -> None:
    one = student()
    one.params(SIZES)
    calls = one.meter.calls
    assert calls == 2  # load, get_params
    one.params(SIZES)
    assert one.meter.calls == calls
    assert one.params(Sizes(vocab=5, hiddens=3, layers=1)).shapes == ((5, 3),)
    assert one.meter.calls == calls + 1


def test_sizes_of_the_module_follow_the_case(student: Make) -> None:
    text = TEXT.replace("(vocab_size, num_hiddens, device)", "(vocab_size)").replace(
        "vocab_size, num_hiddens)", "vocab_size, width)"
    )
    one = student(text)
    assert one.params(SIZES).shapes == ((2, 3),)
    assert one.params(Sizes(vocab=2, hiddens=4, layers=1)).shapes == ((2, 4),)


@pytest.mark.parametrize(
    ("function", "ask"),
    [
        ("get_params", lambda one: one.params(SIZES)),
        ("init_state", lambda one: one.state(SIZES)),
        ("forward", lambda one: one.forward(SIZES, X, (W,), (H,))),
    ],
)
def test_what_is_raised_is_told_with_its_function(
    student: Make, function: str, ask: Callable[[SubmissionRunner], object]
) -> None:
    head, _, tail = TEXT.partition(f"def {function}")
    signature, _, rest = tail.partition("\n")
    one = student(f"{head}def {function}{signature}\n    raise SystemExit('no')\n{rest}")
    with pytest.raises(StudentRaised, match="SystemExit: no") as caught:
        ask(one)
    assert caught.value.role == function
    assert [frame.function for frame in caught.value.raised.frames] == [function]


def test_a_debugger_gets_the_exception_itself(student: Make) -> None:
    spawner = LocalSpawner()
    one = student(TEXT.replace("return {", "raise LookupError('mine')\n    return {"), spawner)
    one.load(SIZES)
    assert spawner.error is None
    with pytest.raises(StudentRaised):
        one.params(SIZES)
    assert isinstance(spawner.error, LookupError)
    assert spawner.error.__traceback__ is not None


class Fake:
    """A worker that gives the prepared replies, or raises the prepared loss."""

    def __init__(self, replies: list[Reply | WorkerLost]) -> None:
        self.replies, self.spawned, self.closed = replies, 0, 0

    protections: tuple[Protection, ...] = ()

    def spawn(self, rights: Rights) -> Fake:
        self.spawned += 1
        return self

    def ask(self, request: Request, seconds: float) -> Reply:
        reply = self.replies.pop(0)
        if isinstance(reply, WorkerLost):
            raise reply
        return reply

    def close(self) -> None:
        self.closed += 1


LOADED = Loaded(defined=("get_params", "init_state", "forward"), failures=())


@pytest.mark.parametrize("loss", [WorkerTimeout("late"), WorkerDied(0)], ids=str)
def test_a_lost_worker_is_made_anew_but_not_forever(student: Make, loss: WorkerLost) -> None:
    fake = Fake([LOADED, loss] * 9)
    one = student(spawner=fake)
    for _ in range(5):
        with pytest.raises(StudentLost) as caught:
            one.params(SIZES)
        assert caught.value.cause is loss
    assert fake.spawned == fake.closed == MAX_LOST_WORKERS


def test_an_answer_of_another_kind_is_a_loss(student: Make) -> None:
    with pytest.raises(StudentLost, match="Loaded is no answer to Make") as caught:
        student(spawner=Fake([LOADED, LOADED])).params(SIZES)
    assert isinstance(caught.value.cause, InvalidReply)


@pytest.mark.parametrize(
    ("shape", "size"), [((2, 2), 8), ((-1,), 8), ((2**40,), 0), ((), 0)], ids=str
)
def test_a_forged_shape_is_a_loss(student: Make, shape: tuple[int, ...], size: int) -> None:
    leaf = Leaf(
        path="",
        kind="tensor",
        shape=shape,
        strides=(1,) * len(shape),
        dtype="float64",
        data=bytes(size),
    )
    made = Made(container="Tensor", leaves=(leaf,))
    with pytest.raises(StudentLost) as caught:
        student(spawner=Fake([LOADED, made])).params(SIZES)
    assert isinstance(caught.value.cause, InvalidReply)


def test_time_is_taken_by_our_own_clock(student: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = itertools.count(step=0.25)
    monkeypatch.setattr(
        "pytest_deeprnn.measurement.calls.runner.time.monotonic", lambda: next(ticks)
    )
    made = Made(container="list", leaves=(), output="p")
    loaded = msgspec.structs.replace(LOADED, output="l")
    one = student(spawner=Fake([loaded, made, made, WorkerTimeout("late")]))
    assert isinstance(one.params(SIZES), Numbers)
    one.state(SIZES)
    assert (one.meter.seconds, one.meter.calls, one.meter.output) == (0.75, 3, "lpp")
    with pytest.raises(StudentLost):
        one.params(Sizes(vocab=9, hiddens=9, layers=1))
    assert one.meter.seconds == 1.0  # a call that never ended is timed as well


def test_after_one_answer_that_is_none_nothing_is_asked_again(student: Make) -> None:
    fake = Fake([LOADED, InvalidReply("what"), LOADED])
    one = student(spawner=fake)
    for ask in (one.params, one.state, one.load):
        with pytest.raises(StudentLost, match="what"):
            ask(SIZES)
    assert (fake.spawned, one.meter.calls) == (1, 2)


def test_other_shapes_for_the_same_sizes_are_no_answer(student: Make) -> None:
    leaf = Leaf(path="", kind="tensor", shape=(1,), strides=(1,), dtype="float64", data=bytes(8))
    made = Made(container="Tensor", leaves=(leaf,))
    more = Made(container="Tensor", leaves=(leaf, leaf))
    one = student(spawner=Fake([LOADED, made, LOADED, made, LOADED, more]))
    for _ in range(2):
        one.load(SIZES)
        assert one.params(SIZES).shapes == ((1,),)
    one.load(SIZES)
    with pytest.raises(StudentLost, match="other shapes"):
        one.params(SIZES)


@pytest.mark.parametrize(
    ("limit", "told"),
    [("MAX_CALLS", "more than 0 calls in all"), ("MAX_BYTES", "more than 0 MB in all")],
)
def test_calls_and_bytes_have_an_end(
    student: Make, monkeypatch: pytest.MonkeyPatch, limit: str, told: str
) -> None:
    monkeypatch.setattr(f"pytest_deeprnn.measurement.calls.runner.{limit}", 0)
    leaf = Leaf(path="", kind="tensor", shape=(1,), strides=(1,), dtype="float64", data=bytes(8))
    one = student(spawner=Fake([LOADED, Made(container="Tensor", leaves=(leaf,)), LOADED]))
    one.meter.calls = one.meter.bytes = 1
    with pytest.raises(StudentLost, match=told):
        one.params(SIZES)
