"""What is drawn of a network: the odd arrows of labelled submissions, known from their texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from pytest_deeprnn.core.exercise import load
from pytest_deeprnn.core.network_graph import Edge, Node, Unrolled, as_it_should_be
from pytest_deeprnn.core.settings import Settings
from pytest_deeprnn.grading.grader import DirectGrader
from pytest_deeprnn.sandbox.in_process import LocalSpawner
from pytest_deeprnn.submission.discover import discover

PROOF = pytest.mark.proof
SUBMISSIONS = Path(__file__).parents[1] / "submissions"
#: Each file with its exercise, and an arrow "source > target" that is missing, and one too many.
#: I is an input, O an output, S a given and R a returned state; 2.1 is layer 2 at step 1.
ODD = {
    "wiring/dgru_reads_x_again.py": ("deep-gru", "1.1 > 2.1", "I1 > 2.1"),
    "wiring/gru_rnn_one_state.py": ("gru-rnn", "S2 > 2.1", "S1 > 2.1"),
    "wiring/dlstm_head_on_first.py": ("deep-lstm", "2.3 > O3", "1.3 > O3"),
    "wiring/grurnn_yesterday_below.py": ("gru-rnn", "1.2 > 2.2", "1.1 > 2.2"),
    "wiring/rnn_back_to_front.py": ("rnn", "I1 > 1.1", "I3 > 1.1"),
    "wiring/drnn_crossed_states.py": ("deep-rnn", "1.1 > 1.2", "2.1 > 1.2"),
    "wiring/drnn_top_only.py": ("deep-rnn", "1.3 > R1", ""),
    "wiring/lstm_only_h.py": ("lstm", "1.3 >C R1", ""),
    "wiring/dgru_nothing_back.py": ("deep-gru", "2.3 > R2", ""),
}
RIGHT = (
    ("right/deep_gru_flat_list.py", "deep-gru"),
    ("right/deep_lstm_pairs.py", "deep-lstm"),
    ("right/gru_rnn_pair.py", "gru-rnn"),
    ("right/rnn_globals.py", "rnn"),
)


def drawn(name: str, exercise: str) -> Unrolled:
    """The drawing in a submission's report."""
    grader = DirectGrader(Settings(profile="quick"), LocalSpawner())
    (opened,) = grader.open(discover([str(SUBMISSIONS / name)])[0], load(exercise))
    for check in opened.checks:
        grader.check(opened.key, check)
    wiring = grader.report(opened.key).wiring
    assert wiring is not None
    return wiring


def short(edge: Edge) -> str:
    """An edge as the table above writes it."""
    return f"{_short(edge.source)} >{'C' if edge.part == 'C' else ''} {_short(edge.target)}"


def _short(node: Node) -> str:
    letter = {"input": f"I{node.step}", "output": f"O{node.step}"}
    letter |= {"old": f"S{node.layer}", "new": f"R{node.layer}"}
    return letter.get(node.kind, f"{node.layer}.{node.step}")


@pytest.mark.parametrize(
    "name",
    [pytest.param(one, marks=() if ODD[one][0] == "gru-rnn" else PROOF) for one in ODD],
)
def test_what_is_missing_and_what_is_one_too_many_is_drawn(name: str) -> None:
    exercise, missing, extra = ODD[name]
    arrows = drawn(name, exercise).arrows
    assert missing in {short(one.edge) for one in arrows if one.status == "missing"}
    found = {short(one.edge) for one in arrows if one.status == "extra"}
    assert extra in found if extra else not found


@pytest.mark.parametrize(
    ("name", "exercise"), [RIGHT[-1], *(pytest.param(*one, marks=PROOF) for one in RIGHT[:-1])]
)
def test_a_right_network_is_the_book_s_figure(name: str, exercise: str) -> None:
    wiring = drawn(name, exercise)
    assert wiring.proven
    assert {one.status for one in wiring.arrows} == {"there"}
    assert {one.edge for one in wiring.arrows} == set(as_it_should_be(wiring.cells))


def test_the_book_s_figure_has_these_arrows() -> None:
    edges = {short(edge) for edge in as_it_should_be(("gru", "lstm"))}
    across = {"S1 > 1.1", "1.1 > 1.2", "1.2 > 1.3", "1.3 > R1"}
    upper = {edge.replace("S1", "S2").replace("1.", "2.").replace("R1", "R2") for edge in across}
    memory = {edge.replace(">", ">C") for edge in upper}
    upward = {edge for t in "123" for edge in (f"I{t} > 1.{t}", f"1.{t} > 2.{t}", f"2.{t} > O{t}")}
    assert edges == across | upper | memory | upward


def test_a_submission_that_never_ran_has_no_drawing(tmp_path: Path) -> None:
    path = tmp_path / "student.py"
    path.write_text("import torch\n")
    grader = DirectGrader(Settings(profile="quick"), LocalSpawner())
    (opened,) = grader.open(discover([str(path)])[0], load("rnn"))
    for check in opened.checks:
        grader.check(opened.key, check)
    assert grader.report(opened.key).wiring is None
