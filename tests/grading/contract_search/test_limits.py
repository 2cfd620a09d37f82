"""What a trial may take, and what a worker may say of what can be called."""

from __future__ import annotations

from contextlib import closing

import pytest

from pytest_deeprnn.measurement.calls.replies import Examiner
from pytest_deeprnn.sandbox.protocol.messages import (
    Described,
    Inspect,
    Inspected,
    Load,
    Loaded,
    Unit,
)
from pytest_deeprnn.sandbox.protocol.spawn_messages import Rights
from pytest_deeprnn.sandbox.spawner import OwnSpawner
from pytest_deeprnn.sandbox.worker import InvalidReply, WorkerDied

SPINS = "while True:\n    pass\n"


def load(text: str) -> Load:
    unit = Unit(filename="student.py", text=text, run=((0,),))
    return Load(name="submission", units=(unit,), needed=(), constants={}, helpers=(), double=False)


def test_a_worker_ends_with_its_seconds_of_the_processor() -> None:
    with closing(OwnSpawner("auto")) as spawner:
        worker = spawner.spawn(Rights(seconds=1))
        assert isinstance(worker.ask(load("x = 1"), 20), Loaded)
        with pytest.raises(WorkerDied) as died:
            worker.ask(load(SPINS), 60)
    assert died.value.status is not None
    assert died.value.status < 0


@pytest.mark.parametrize(
    "path", ["other", "net.", "net[0", "net[f()]", "net['a\"b']", "net.a b", "net['x'](1)", ""]
)
def test_a_path_that_was_not_asked_for_or_is_none_is_refused(path: str) -> None:
    said = Described(path=path, arguments=(), variadic=False, filename="", line=0)
    with pytest.raises(InvalidReply):
        Examiner(load("x = 1")).examine(Inspect(names=("net",)), Inspected(found=(said,)))


@pytest.mark.parametrize(
    "path", ["net", "net.forward", "net[0]", "net['gru'].run", "net[2]['a b']"]
)
def test_a_path_of_names_positions_and_keys_is_taken(path: str) -> None:
    said = Described(path=path, arguments=(), variadic=False, filename="", line=0)
    Examiner(load("x = 1")).examine(Inspect(names=("net",)), Inspected(found=(said,)))
