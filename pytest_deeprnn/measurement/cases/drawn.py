"""The generated situations: one list of distinct cases for a cohort, shared by all checks."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Literal

import msgspec
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from pytest_deeprnn.core.exercise import Exercise, Range
from pytest_deeprnn.core.facts.fact import Commas, Fact
from pytest_deeprnn.core.facts.roles import CasesDrawn, FromTo
from pytest_deeprnn.core.settings import Profile

COUNTS: dict[Profile, int] = {"quick": 30, "standard": 120, "thorough": 400}
_DRAWS_PER_CASE = 4  # equal draws are dropped, so more are drawn than wanted


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """One generated situation: V, H, L, B, T, dtype, device, and the seed of all values.

    Where each layer has its own width, `widths` holds them and `hiddens` is the largest. A state
    that is "made" is init_state's own; where gradients are not `tracked`, no parameter wants any.
    """

    vocab: int
    hiddens: int
    layers: int
    batch: int
    steps: int
    dtype: Literal["float64", "float32"]
    device: str
    seed: int = 0
    widths: tuple[int, ...] = ()
    state: Literal["drawn", "made"] = "drawn"
    tracked: bool = True


def draw(exercise: Exercise, profile: Profile, cohort: int, devices: tuple[str, ...]) -> list[Case]:
    """Draw the cohort's cases: the same list for the same arguments on every machine.

    Hypothesis runs without database, deadline and shrinking; a case's values are drawn from the
    hash of cohort seed and case number, so that they do not depend on Hypothesis.
    """
    wanted = COUNTS[profile]
    found: dict[Case, None] = {}

    @seed(cohort)
    @settings(
        max_examples=_DRAWS_PER_CASE * wanted,
        database=None,
        deadline=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
        derandomize=False,
    )
    @given(cases(exercise, devices))
    def collect(case: Case) -> None:
        if len(found) < wanted:
            found.setdefault(case)

    collect()
    return [
        msgspec.structs.replace(case, seed=value_seed(cohort, number))
        for number, case in enumerate(found)
    ]


def value_seed(cohort: int, number: int) -> int:
    """The seed of a case's values."""
    digest = hashlib.sha256(f"{cohort}/{number}".encode()).digest()
    return int.from_bytes(digest[:6], "big")


def describe(drawn: Sequence[Case], one_depth: bool) -> Fact:
    """Return what the cases reach; `one_depth` where L cannot be chosen."""
    sizes: dict[str, list[int]] = {
        "L": [case.layers for case in drawn],
        "V": [case.vocab for case in drawn],
        "H": [width for case in drawn for width in case.widths or (case.hiddens,)],
        "B": [case.batch for case in drawn],
        "T": [case.steps for case in drawn],
    }
    if one_depth:
        del sizes["L"]
    ranges = Commas(FromTo(name, min(found), max(found)) for name, found in sizes.items())
    equal = sum(case.vocab in (case.widths or (case.hiddens,)) for case in drawn)
    single = sum(case.dtype == "float32" for case in drawn)
    return CasesDrawn(len(drawn), ranges, equal, single)


@st.composite
def cases(drawn: st.DrawFn, exercise: Exercise, devices: tuple[str, ...]) -> Case:
    """Draw a case; one in eight has V = H, since equal sizes hide faults and must work too."""
    ranges = exercise.sizes
    vocab = drawn(_within(ranges.vocab_size))
    hiddens = drawn(_within(ranges.num_hiddens))
    if drawn(st.integers(0, 7)) == 0:
        hiddens = min(max(vocab, ranges.num_hiddens[0]), ranges.num_hiddens[1])
    elif hiddens == vocab:
        low, high = ranges.num_hiddens
        hiddens = low + (hiddens - low + 1) % (high - low + 1)
    layers = drawn(_within(exercise.depths))
    widths = drawn(_widths(exercise, layers)) if exercise.network.own_widths else ()
    return Case(
        vocab=vocab,
        hiddens=max(widths, default=hiddens),
        widths=widths,
        layers=layers,
        batch=drawn(_within(ranges.batch_size)),
        steps=drawn(_within(ranges.num_steps)),
        dtype="float32" if drawn(st.integers(0, 9)) in (4, 7) else "float64",
        device=drawn(st.sampled_from(devices)),
    )


def _widths(exercise: Exercise, layers: int) -> st.SearchStrategy[tuple[int, ...]]:
    """One width a layer; lists of equal widths are in reach, most are not."""
    return st.tuples(*(_within(exercise.sizes.num_hiddens) for _ in range(layers)))


def _within(bounds: Range | tuple[int, int]) -> st.SearchStrategy[int]:
    """Integers below 100 only: into larger ones Hypothesis mixes constants of this project."""
    return st.integers(*bounds)
