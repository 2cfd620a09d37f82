"""One root cause, and what follows from it, are told apart from two faults."""

from __future__ import annotations

import pytest

from pytest_deeprnn.core.codes import ORDER
from pytest_deeprnn.core.facts import parameters, states
from pytest_deeprnn.core.facts.fact import Commas, Fact, TensorPath
from pytest_deeprnn.core.finding import Finding
from pytest_deeprnn.diagnosis.cause_links import LINKS, Link
from pytest_deeprnn.diagnosis.diagnose import diagnose

MADE = states.StateAmount(Commas(["(2, 3)"]), 6, 2, 2, states.either([3]))
RETURNED = states.LayerStateLost(2)
COUNTED = states.FewerNumbers(4, 2)


def path(number: int) -> TensorPath:
    return TensorPath(f"params[{number}]")


def followed(*findings: Finding) -> list[tuple[str, int | None]]:
    """The codes in the report's order, each with the number of its cause."""
    return [(one.code, one.follows_from) for one in diagnose(list(findings), None, None)]


@pytest.mark.parametrize("link", LINKS, ids=lambda link: f"{link.cause}, {link.code}")
def test_causes_stand_before_their_consequences(link: Link) -> None:
    assert ORDER[link.cause] <= ORDER[link.code]


def test_no_link_is_there_twice() -> None:
    pairs = [(link.cause, link.code) for link in LINKS]
    assert len(pairs) == len(set(pairs))


def test_the_first_is_always_a_root_cause() -> None:
    assert followed(Finding("unused-parameter", "params[1] influences nothing")) == [
        ("unused-parameter", None)
    ]


def test_what_is_not_linked_is_a_fault_of_its_own() -> None:
    two = followed(Finding("state-init", "state[0] is not zero"), Finding("batch-mixing", "it is"))
    assert two == [("batch-mixing", None), ("state-init", None)]


def test_a_consequence_of_a_consequence_follows_from_the_root() -> None:
    told = followed(
        Finding("unused-parameter", "params[1] influences nothing"),
        Finding("unused-layer", "21 parameters influence nothing", 2),
        Finding("output-wrong-layer", "the output layer reads layer 1 of 2", 1),
    )
    assert told == [("output-wrong-layer", None), ("unused-layer", 1), ("unused-parameter", 1)]


def test_a_layer_below_the_output_is_idle_for_another_reason() -> None:
    told = followed(
        Finding("output-wrong-layer", "the output layer reads layer 2 of 3", 2),
        Finding("unused-layer", "21 parameters influence nothing", 1),
    )
    assert told == [("output-wrong-layer", None), ("unused-layer", None)]


def test_a_shared_state_and_a_missing_return_are_two_faults() -> None:
    told = followed(
        Finding("shared-state", "layers 1 and 2 both start from state[0]", 2),
        Finding("state-incomplete", MADE, 2),
        Finding("state-incomplete", RETURNED, 2),
    )
    assert told == [("shared-state", None), ("state-incomplete", 1), ("state-incomplete", None)]


def test_what_is_counted_is_not_told_beside_the_part_that_is_missing() -> None:
    told = followed(Finding("state-incomplete", RETURNED, 2), Finding("state-incomplete", COUNTED))
    assert told == [("state-incomplete", None)]


def test_a_layer_of_shared_tensors_is_told_in_one_sentence() -> None:
    findings = [
        Finding("params-shared", parameters.SameTensor(Commas([path(n), path(n + 3)])))
        for n in range(3)
    ]
    (told,) = diagnose(findings, None, None)
    assert (
        told.detail == "params[0] to params[2] and params[3] to params[5] are the same 3 tensors."
    )


@pytest.mark.parametrize(
    ("layer", "fact", "cause"),
    [
        (1, parameters.MissingWeight(1, "W_hr"), 1),
        (2, parameters.MissingWeight(2, "W_hr"), None),
        (1, parameters.MissingWeight(1, "b_r"), None),
        (None, parameters.MissingOutputWeight(0, "b_q"), None),
    ],
)
def test_only_the_recurrent_weights_of_the_layer_go_with_its_recurrence(
    layer: int | None, fact: Fact, cause: int | None
) -> None:
    told = followed(
        Finding("no-recurrence", "layer 1 has no recurrent weight", 1),
        Finding("params-missing", fact, layer, "reset"),
    )
    assert told == [("no-recurrence", None), ("params-missing", cause)]


@pytest.mark.parametrize(("gate", "cause"), [("input", 1), ("forget", None)])
def test_only_the_gate_that_is_missing_lacks_its_weights(gate: str, cause: int | None) -> None:
    told = followed(
        Finding("gate-missing", "layer 2 has no input gate", 2, "input"),
        Finding("params-missing", "layer 2 has no W_x", 2, gate),  # type: ignore[arg-type]  # gates
    )
    assert told == [("gate-missing", None), ("params-missing", cause)]


def test_two_tensors_of_one_kind_are_two_places_to_mend() -> None:
    told = followed(
        Finding("params-shared", "params[0], params[1] are one and the same tensor"),
        Finding("params-shared", "params[2], params[3] are one and the same tensor"),
    )
    assert told == [("params-shared", None), ("params-shared", None)]


def test_links_do_not_depend_on_the_language() -> None:
    findings = [
        Finding("shared-state", "layers 1 and 2 both start from state[0]", 2),
        Finding("state-incomplete", MADE, 2),
    ]
    told = [one.follows_from for one in diagnose(findings, None, None, "zh")]
    assert told == [None, 1]
