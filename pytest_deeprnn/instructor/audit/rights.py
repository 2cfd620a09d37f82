"""Right submissions: the conventions that count as equal."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_deeprnn.core.exercise import Exercise
from pytest_deeprnn.instructor.audit.equations import GATES
from pytest_deeprnn.instructor.audit.mutant import Specimen
from pytest_deeprnn.instructor.audit.setup import RIGHT, Setup
from pytest_deeprnn.mutations.cell_mutations import LINES
from pytest_deeprnn.mutations.mutation import Edit, Mutation

_LINE = {"r": "reset", "z": "update", "i": "input", "f": "forget", "o": "output", "c": "cell"}
_MIXED = "Z_t * H + (1 - Z_t) * H_tilde"
_COMPLEMENTS = {
    "gru": (
        Edit("H_t", _MIXED, "(1 - Z_t) * H + Z_t * H_tilde"),
        Edit("H_tilde", "R_t", "(1 - R_t)"),
    ),
    "lstm": (Edit("C_t", "F_t", "(1 - F_t)"), Edit("H_t", "O_t", "(1 - O_t)")),
}


def rights(exercise: Exercise) -> Iterator[list[Specimen]]:
    """Each variant that the exercise accepts."""
    cells = set(exercise.network.cells)
    yield [_right("as the equations stand")]
    if cells != {"rnn"}:
        yield [_right("another order of the gates", setup=Setup(turned=True))]
    for cell in sorted(cells):
        yield [_right("two biases in each sum", cell, _two_biases(cell))]
    for cell in sorted(cells - {"rnn"}):
        edits = _COMPLEMENTS[cell]
        yield [_right("gates read as their complements", cell, edits)]
    if "gru" in cells:
        for reset in exercise.accept.reset:
            yield [_right(f"reset {reset} the recurrent product", reset=reset)]
        if "after" in exercise.accept.reset:
            second = (Edit("H_tilde", "b_hh", "W.c_h"),)
            yield [_right("reset after, with a bias inside", "gru", second, reset="after")]
    for form in exercise.accept.outputs:
        if form != "rows":
            yield [_right(f"outputs as {form}", setup=Setup(outputs=form))]


def _right(
    text: str,
    of: str = "",
    edits: tuple[Edit, ...] = (),
    setup: Setup = RIGHT,
    reset: str = "",
) -> Specimen:
    cell = (Mutation("", "none", text, edits),) if edits else ()
    return Specimen((), text, cell=cell, of=of, setup=setup, reset=reset)


def _two_biases(cell: str) -> tuple[Edit, ...]:
    lines = {gate: LINES[_LINE[gate]] if gate in _LINE else "H_tilde" for gate in GATES[cell]}
    if cell == "rnn":
        lines = {"h": "H_t"}
    return tuple(
        Edit(line, f"W.b_{gate}", f"W.b_{gate} + W.c_{gate}") for gate, line in lines.items()
    )
