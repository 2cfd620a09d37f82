"""Cases with one width a layer, and what is said of the cases that were drawn."""

from __future__ import annotations

from pytest_deeprnn.core.exercise import load
from pytest_deeprnn.measurement.cases.drawn import Case, describe, draw

EXERCISE = load("deep-rnn-widths")
CASES = draw(EXERCISE, "standard", 0, ("cpu",))


def test_every_layer_has_a_width_of_its_own() -> None:
    assert all(len(case.widths) == case.layers for case in CASES)
    assert all(case.hiddens == max(case.widths) for case in CASES)


def test_widths_reach_both_ends_of_their_range() -> None:
    found = {width for case in CASES for width in case.widths}
    assert (min(found), max(found)) == EXERCISE.sizes.num_hiddens


def test_falling_rising_and_equal_widths_are_drawn() -> None:
    pairs = [pair for case in CASES for pair in zip(case.widths, case.widths[1:], strict=False)]
    falling, rising = (sum(f(a, b) for a, b in pairs) for f in (int.__gt__, int.__lt__))
    equal = len(pairs) - falling - rising
    assert min(falling, rising) > len(pairs) / 5
    assert 0 < equal < len(pairs) / 3


def test_widths_differ_mostly_within_a_case() -> None:
    deep = [case for case in CASES if case.layers > 1]
    assert sum(len(set(case.widths)) > 1 for case in deep) > len(deep) / 2


def test_other_exercises_have_one_width_for_all() -> None:
    assert {case.widths for case in draw(load("deep-rnn"), "quick", 0, ("cpu",))} == {()}


def case(vocab: int, hiddens: int, layers: int = 1, single: bool = False, **more: object) -> Case:
    return Case(
        vocab=vocab,
        hiddens=hiddens,
        layers=layers,
        batch=2,
        steps=vocab + 1,
        dtype="float32" if single else "float64",
        device="cpu",
        **more,  # type: ignore[arg-type]  # widths only
    )


def test_what_the_cases_reach_is_told_in_a_sentence() -> None:
    drawn = [case(2, 3), case(4, 4, layers=3, single=True), case(8, 1, layers=2)]
    told = "L 1 to 3, V 2 to 8, H 1 to 4, B 2 to 2, T 3 to 9; V = H in 1, float32 in 1"
    assert describe(drawn, one_depth=False).said() == f"3 cases: {told}"


def test_a_fixed_depth_is_not_told_as_a_range() -> None:
    told = describe([case(2, 3, layers=4)], one_depth=True).said()
    assert "L " not in told
    assert "H 3 to 3" in told


def test_every_layers_width_counts() -> None:
    drawn = [case(5, 7, widths=(7, 2, 5)), case(6, 3, widths=(3, 3))]
    told = describe(drawn, one_depth=False).said()
    assert "H 2 to 7" in told
    assert "V = H in 1" in told
