"""Cases as they occur in training and prediction, beside the drawn ones."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from pytest_deeprnn.core.exercise import Exercise, Range
from pytest_deeprnn.core.facts.fact import Commas, Fact
from pytest_deeprnn.core.facts.roles import FurtherCases, UpTo
from pytest_deeprnn.measurement.cases.drawn import Case


@dataclass(frozen=True)
class _Kind:
    """What of a case is larger than in the exercise's ranges, and how it is called."""

    larger: Mapping[str, Range] = field(default_factory=dict)
    state: Literal["drawn", "made"] = "made"
    tracked: bool = True


#: Each size comes to that of the book's experiments (T = 35, B = 32, V = 28, H = 32), but one or
#: two at a time, so that also a program that goes number by number ends soon.
_KINDS = (
    _Kind({"T": (35, 40)}),
    _Kind({"B": (32, 36)}, state="drawn", tracked=False),
    _Kind({"V": (28, 32), "H": (32, 36)}),
    _Kind({"T": (9, 14), "B": (7, 10), "V": (10, 14), "H": (10, 14)}, state="drawn"),
    _Kind(),
    _Kind(tracked=False),
)


def further(exercise: Exercise, seed: int, device: str) -> list[Case]:
    """Make the cases: the same for the same arguments."""
    least, most = exercise.depths
    chosen = random.Random(seed)
    return [
        _case(exercise, kind, least + number % (most - least + 1), device, chosen)
        for number, kind in enumerate(_KINDS)
    ]


def describe_further(cases: Sequence[Case]) -> Fact:
    """Return what these cases reach."""
    largest = {
        "V": max(case.vocab for case in cases),
        "H": max(case.hiddens for case in cases),
        "B": max(case.batch for case in cases),
        "T": max(case.steps for case in cases),
    }
    reach = Commas(UpTo(name, size) for name, size in largest.items())
    made = sum(case.state == "made" for case in cases)
    untracked = sum(not case.tracked for case in cases)
    return FurtherCases(len(cases), reach, made, untracked)


def _case(exercise: Exercise, kind: _Kind, layers: int, device: str, chosen: random.Random) -> Case:
    sizes = {name: chosen.randint(*bounds) for name, bounds in _bounds(exercise, kind).items()}
    if sizes["H"] == sizes["V"]:  # equal sizes are the drawn cases' matter
        sizes["H"] += 1
    widths = tuple(sizes["H"] + layer for layer in range(layers))
    own_widths = exercise.network.own_widths
    return Case(
        vocab=sizes["V"],
        hiddens=widths[-1] if own_widths else sizes["H"],
        widths=widths if own_widths else (),
        layers=layers,
        batch=sizes["B"],
        steps=sizes["T"],
        dtype="float64",
        device=device,
        seed=chosen.getrandbits(48),
        state=kind.state,
        tracked=kind.tracked,
    )


def _bounds(exercise: Exercise, kind: _Kind) -> dict[str, Range]:
    sizes = exercise.sizes
    ranges = {
        "V": sizes.vocab_size,
        "H": sizes.num_hiddens,
        "B": sizes.batch_size,
        "T": sizes.num_steps,
    }
    return {name: kind.larger.get(name) or _upper_half(given) for name, given in ranges.items()}


def _upper_half(bounds: Range) -> Range:
    low, high = bounds
    return (low + high + 1) // 2, high
