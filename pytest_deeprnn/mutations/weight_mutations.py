"""Cells whose sums lack a term, or take a weight that belongs to another gate."""

from __future__ import annotations

from itertools import permutations

from pytest_deeprnn.mutations.cell_mutations import LINES
from pytest_deeprnn.mutations.mutation import Edit, Mutation

_GATES = {
    "rnn": {"none": "h"},
    "gru": {"reset": "r", "update": "z", "candidate": "h"},
    "lstm": {"input": "i", "forget": "f", "output": "o", "cell": "c"},
}


def _terms(gate: str, subscript: str) -> dict[str, str]:
    """The terms of a gate's sum as they stand in the equations, by what they are."""
    old = "(R_t * H)" if gate == "candidate" else "H"
    return {
        "input": f"X @ W.W_x{subscript}",
        "recurrent": f"{old} @ W.W_h{subscript}",
        "bias": f"W.b_{subscript}",
    }


def left_out(cell: str) -> tuple[Mutation, ...]:
    """Each gate without its input term, without its recurrent term, and without its bias."""
    return tuple(
        Mutation(
            "no-recurrence" if (cell, what) == ("rnn", "recurrent") else "missing-term",
            gate,
            f"leaves out its {what} term" + (f" in its {gate} gate" if gate != "none" else ""),
            (Edit(LINES[gate], term, ""),),
        )
        for gate, subscript in _GATES[cell].items()
        for what, term in _terms(gate, subscript).items()
    )


def borrowed(cell: str) -> tuple[Mutation, ...]:
    """Each gate with one weight of another gate in the place of its own."""
    return tuple(
        Mutation(
            "wrong-weight",
            gate,
            f"takes {weight}{owner} in its {gate} gate, where {weight}{own} belongs",
            (Edit(LINES[gate], f"W.{weight}{own}", f"W.{weight}{owner}"),),
        )
        for (gate, own), (_, owner) in permutations(_GATES[cell].items(), 2)
        for weight in ("W_x", "W_h", "b_")
    )
