"""Whole gradings by a worker that lies: python tests/fuzz/replies.py --minutes 30 [--seed 1].

However it lies, a grading ends in time with a verdict on the submission: never with an error of
ours, and never with a pass for a network whose numbers are wrong.
"""

from __future__ import annotations

import argparse
import gc
import random
import resource
import sys
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

import msgspec
import torch

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "common")]

import forging  # noqa: E402  # after the path is set
from labelled import FOLDER, Label, labels  # noqa: E402
from pretending import pretended  # noqa: E402

from pytest_deeprnn.core.exercise import load  # noqa: E402
from pytest_deeprnn.core.report import Report, Status  # noqa: E402
from pytest_deeprnn.core.settings import Settings  # noqa: E402
from pytest_deeprnn.grading.grader import DirectGrader  # noqa: E402
from pytest_deeprnn.sandbox.in_process import LocalSpawner, LocalWorker  # noqa: E402
from pytest_deeprnn.sandbox.protocol.messages import Reply, Request, most_bytes  # noqa: E402
from pytest_deeprnn.sandbox.protocol.spawn_messages import Rights  # noqa: E402
from pytest_deeprnn.sandbox.protocol.wire import BadFrame, Codec  # noqa: E402
from pytest_deeprnn.sandbox.worker import InvalidReply  # noqa: E402
from pytest_deeprnn.submission.discover import discover  # noqa: E402

MOST_SECONDS = 120.0  # of processor time
MOST_BYTES = 2_000_000
#: Right ones and wrong ones, of each form in which parameters and state are kept.
SUBJECTS = (
    "right/rnn_book_order.py",
    "right/deep_lstm_pairs.py",
    "right/deep_gru_flat_list.py",
    "right/deep_rnn_one_vector.py",
    "right/gru_fused_rzn.py",
    "widths/deep_widths_parameterlists.py",
    "cells/gru_plain_update.py",
    "cells/dlstm_old_memory.py",
    "cells/drnn_input_weight_twice.py",
    "widths/dwid_first_width_for_all.py",
)
_CODEC: Codec[Reply] = Codec(Reply)  # type: ignore[arg-type]  # a union is no type[T] for mypy
_KINDS = get_args(Reply)
#: How a worker lies: one thing changed, all numbers others, nothing run at all, made up, of
#: another kind, no reply.
_WAYS = (
    *("changed", "changed", "changed", "numbers", "pretended", "pretended"),
    *("made up", "other kind", "bytes"),
)


@dataclass
class Lies:
    """Which replies are forged, and how; all by one seed."""

    seed: int
    dice: random.Random = field(init=False)
    way: str = field(init=False)
    kind: type = field(init=False)
    calls: int = 0
    told: int = 0

    def __post_init__(self) -> None:
        """Throw the dice for what is one worker's habit."""
        self.dice = random.Random(self.seed)
        self.way = self.dice.choice(_WAYS)
        self.kind = self.dice.choice(_KINDS[:-1])
        self._once = self.dice.choice((0, 1, 2, 3, 5, 10, 20, 50, 200))
        self._share = self.dice.choice((0.0, 0.02, 0.3, 1.0))

    def body(self, reply: Reply) -> bytes:
        """The frame that is sent in an honest reply's stead."""
        self.calls += 1
        mine = isinstance(reply, self.kind) and self.dice.random() < self._share
        mine = mine and self.way != "pretended"
        if not mine and self.calls != self._once:
            return _CODEC.encode(reply)
        self.told += 1
        dice = self.dice
        match self.way:
            case "changed":
                return _CODEC.encode(forging.changed(reply, dice))
            case "numbers":
                return _CODEC.encode(forging.all_changed(reply, dice))
            case "made up":
                return _CODEC.encode(forging.made_up(type(reply), dice))
            case "pretended":
                return _CODEC.encode(forging.changed(reply, dice))
            case "other kind":
                return _CODEC.encode(forging.made_up(dice.choice(_KINDS), dice))
            case _:
                return forging.spoilt(_CODEC.encode(reply), dice)


class Liar(LocalWorker):
    """A worker in this process whose replies go over a wire that it writes to itself."""

    def __init__(self, spawner: LocalSpawner, lies: Lies) -> None:
        super().__init__(spawner)
        self._lies = lies

    def ask(self, request: Request, seconds: float) -> Reply:
        """What RemoteWorker makes of the frame."""
        body = self._lies.body(self._answered(request, seconds))
        if len(body) > most_bytes(request):
            raise InvalidReply(f"a frame of {len(body)} bytes")
        try:
            return _CODEC.decode(body)
        except BadFrame as error:
            raise InvalidReply(str(error)) from None

    def _answered(self, request: Request, seconds: float) -> Reply:
        """An honest answer; where earlier lies leave none, one that could be."""
        if self._lies.way == "pretended":
            return pretended(request, self._lies.dice)
        try:
            return super().ask(request, seconds)
        except (ValueError, KeyError):  # containers that were never made
            return pretended(request, self._lies.dice)


class LyingSpawner(LocalSpawner):
    """Makes workers that all lie by one seed."""

    def __init__(self, lies: Lies) -> None:
        super().__init__()
        self._lies = lies

    def spawn(self, rights: Rights) -> Liar:
        """Make a worker that lies."""
        return Liar(self, self._lies)


@dataclass(frozen=True)
class Result:
    """What a grading by lies came to."""

    seed: int
    subject: Label
    lies: Lies
    report: Report
    seconds: float
    size: int

    @property
    def faults(self) -> list[str]:
        """What must not be."""
        errors = [one.message for one in self.report.checks if one.status == Status.ERROR]
        found = [f"error: {message}" for message in errors]
        if self.report.verdict not in ("pass", "fail"):
            found.append(f"verdict {self.report.verdict}")
        asked = self.report.exercise == self.subject.exercise  # it may be right as another
        if self.report.verdict == "pass" and self.subject.codes and asked:
            found.append("a wrong network passes")
        if self.seconds > MOST_SECONDS:
            found.append(f"{self.seconds:.0f} s")
        if self.size > MOST_BYTES:
            found.append(f"a report of {self.size} bytes")
        return found


def subjects() -> list[Label]:
    """The labelled submissions that are graded."""
    found = {label.id: label for label in labels()}
    return [found[name] for name in SUBJECTS]


def graded(subject: Label, seed: int) -> Result:
    """Grade a submission whose worker lies by this seed; raises what the grader raises."""
    lies = Lies(seed)
    grader = DirectGrader(Settings(profile="quick"), LyingSpawner(lies))
    (submission,) = discover([str(subject.path)])
    named = None if seed % 8 == 0 else load(subject.exercise)
    start = time.process_time()
    try:
        opened = grader.open(submission, named)[0]
        for check in opened.checks:
            grader.check(opened.key, check)
        report = grader.report(opened.key)
    finally:
        grader.close()
    seconds = time.process_time() - start
    return Result(seed, subject, lies, report, seconds, len(msgspec.json.encode(report)))


def main() -> int:
    """Grade until the time is up; 1 where anything was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--count", type=int, default=10**9)
    asked = parser.parse_args()
    torch.set_num_threads(1)
    end, seed, found = time.monotonic() + 60 * asked.minutes, asked.seed, Counter[str]()
    slowest, chosen = 0.0, subjects()
    while time.monotonic() < end and seed - asked.seed < asked.count:
        subject = chosen[seed % len(chosen)]
        try:
            result = graded(subject, seed)
            slowest = max(slowest, result.seconds)
            faults, told = result.faults, f"{result.lies.way} {result.lies.kind.__name__}"
            if result.seconds > MOST_SECONDS / 12:
                print(f"slow: seed {seed} {subject.id} {told}: {result.seconds:.1f} s", flush=True)
        except Exception:
            faults, told = [traceback.format_exc()], ""
        for fault in faults:
            found[fault[-200:]] += 1
            if found[fault[-200:]] <= 2:
                print(f"seed {seed} {subject.id} {told}: {fault}", flush=True)
        seed += 1
        gc.collect()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(
        f"{seed - asked.seed} gradings, {found.total()} faults of {len(found)} kinds, slowest "
        f"{slowest:.1f} s, peak {peak} MB"
    )
    return int(bool(found))


if __name__ == "__main__":
    assert FOLDER.is_dir()
    raise SystemExit(main())
