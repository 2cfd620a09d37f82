"""A generated file computes what the mutated reference says it does."""

from __future__ import annotations

import ast

import pytest
import torch
from mutated import Generated, expected, generate, specimens

from pytest_deeprnn.core.exercise import load
from pytest_deeprnn.instructor.audit import running, verify
from pytest_deeprnn.instructor.audit.setup import RIGHT
from pytest_deeprnn.instructor.audit.styles import STYLES

EXERCISES = ("deep-gru", "deep-lstm", "deep-rnn-widths", "gru-rnn", "lstm")


def _sample(exercise: str) -> list[Generated]:
    """Every fault in one style and place, in turn, and in the last place by hand."""
    asked, found = load(exercise), []
    for turn, group in enumerate(specimens(asked)):
        for specimen in group[turn % len(group) :][:1]:
            for style in (STYLES[turn % len(STYLES)], STYLES[3]):
                made = generate(asked, style, specimen)
                found += [made] if made is not None else []
    return found


@pytest.mark.parametrize("exercise", EXERCISES)
def test_outputs_and_state_are_those_of_the_mutated_reference(exercise: str) -> None:
    equations = [one for one in _sample(exercise) if one.specimen.setup == RIGHT]
    assert len(equations) > 30
    for one in equations:
        for depth in {one.network.depth, 2} if one.network.form == "any" else {one.network.depth}:
            numbers = running.drawn(one.text, one.network, one.style, depth)
            given = running.run(one.text, one.network, one.style, depth, numbers)
            wanted = expected(one, depth, numbers)
            assert not running.differ(given, wanted), (one.specimen, one.style.name, depth)


@pytest.mark.parametrize("exercise", ["deep-lstm", "gru-rnn"])
def test_every_fault_of_equations_gives_other_numbers(exercise: str) -> None:
    for one in _sample(exercise):
        if one.specimen.is_right or one.specimen.setup != RIGHT:
            continue
        right = generate(one.exercise, one.style, one.specimen.mended())
        assert right is not None
        assert verify.differs(one.text, right.text, one.network, one.style), one.specimen


def test_the_conditions_of_a_mutation_are_written_as_conditions_on_the_layer() -> None:
    for one in _sample("deep-gru"):
        assert "len(new" not in one.text, one.text


def test_each_style_is_another_program() -> None:
    asked = load("deep-gru")
    right = specimens(asked)[0][0]
    made = [generate(asked, style, right) for style in STYLES]
    trees = [ast.dump(ast.parse(one.text)) for one in made if one is not None]
    assert len(set(trees)) == len(STYLES)


def test_setups_run_at_other_sizes_too() -> None:
    for one in _sample("deep-gru"):
        make, *_ = running.loaded(one.text, one.style)
        sizes = (5, 3, one.network.depth) if one.network.form == "any" else (5, 3)
        assert all(isinstance(leaf, torch.Tensor) for leaf in running.leaves(make(*sizes, "cpu")))
