"""Every quantity of the smallest example, as it should be and as it is in the student's network."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from torch import Tensor

from pytest_deeprnn.core.report import WorkedRow
from pytest_deeprnn.diagnosis.worked_example.inputs import DIGITS, named_weights, rounded
from pytest_deeprnn.diagnosis.worked_example.minimise import Smallest, returned
from pytest_deeprnn.diagnosis.worked_example.step_values import Run, Values, step_name
from pytest_deeprnn.measurement.alignment.cells import CellFound
from pytest_deeprnn.mutations import equation_text

SAME = 5e-5  # half of the last digit that is shown
_PARTS = ("H_t", "C_t")
Kind = Literal["computes", "reads", "returns"]
Known = Literal["returned", "proof", "unused", "missing", "unknown"]


@dataclass(frozen=True)
class Beside:
    """The right network and, where it is proven, the student's, on the same numbers."""

    found: Smallest
    right: Run
    theirs: Run | None


def worked_rows(beside: Beside) -> Iterator[WorkedRow]:
    """All quantities in the order in which they are computed, and what comes back at last."""
    for step in range(len(beside.right.steps)):
        for layer in range(len(beside.right.steps[step])):
            yield from _read(beside, step, layer)
            yield from _computed(beside, step, layer)
        yield from _output(beside, step)
    yield from _returned(beside)


def _read(beside: Beside, step: int, layer: int) -> Iterator[WorkedRow]:
    right, theirs = _values(beside, step, layer)
    for name in ("X", "H", "C"):
        if name in right:
            told = "X" if name == "X" else equation_text.book(name)
            got, known = _from_proof(theirs, name)
            yield _row(step, layer + 1, told, "reads", right[name], got, known)


def _computed(beside: Beside, step: int, layer: int) -> Iterator[WorkedRow]:
    alignment = beside.found.alignment
    found = alignment.naming.layers[layer].found
    own = named_weights(alignment, layer + 1)
    right, theirs = _values(beside, step, layer)
    lines, other = _lines(found)
    unused = equation_text.unused(found.cell, step_name(found), found.mutations)
    for name, line in lines.items():
        text, yours = (
            equation_text.with_names(line, own),
            equation_text.with_names(other[name], own),
        )
        inside, known = _inside(theirs, name, unused)
        got = inside
        if name in _PARTS:
            got, known = _state_after(beside, step, layer, _PARTS.index(name), inside)
        yield _row(
            step,
            layer + 1,
            equation_text.book(name),
            "computes",
            right[name],
            got,
            known,
            equation=text,
            numbers=_numbers(line, right),
            your_equation=yours if inside is not None and yours != text else "",
            your_numbers="" if inside is None or theirs is None else _numbers(other[name], theirs),
        )


def _lines(found: CellFound) -> tuple[dict[str, equation_text.Line], dict[str, equation_text.Line]]:
    """The cell's equations, and those that were found."""
    name = step_name(found)
    return equation_text.lines(found.cell, name), equation_text.lines(
        found.cell, name, found.mutations
    )


def _numbers(line: equation_text.Line, values: Values) -> str:
    """The equation in numbers, where there is one sequence only."""
    return equation_text.with_numbers(line, values) if len(values["X"]) == 1 else ""


def _values(beside: Beside, step: int, layer: int) -> tuple[Values, Values | None]:
    theirs = beside.theirs
    return beside.right.steps[step][layer], None if theirs is None else theirs.steps[step][layer]


def _inside(
    theirs: Values | None, name: str, unused: frozenset[str]
) -> tuple[Tensor | None, Known]:
    """What the student's layer computes, where that is known and of use."""
    if theirs is not None and name in unused:
        return None, "unused"
    return _from_proof(theirs, name)


def _from_proof(theirs: Values | None, name: str) -> tuple[Tensor | None, Known]:
    return (None, "unknown") if theirs is None else (theirs[name], "proof")


def _state_after(
    beside: Beside, step: int, layer: int, part: int, inside: Tensor | None
) -> tuple[Tensor | None, Known]:
    """A layer's state after a step: as a run of so many steps returns it, unless that is another.

    What is returned need not be what was computed.
    """
    found = beside.found
    parts = returned(found.alignment, found.traces[step])[layer]
    if part >= len(parts):
        return inside, "unknown" if inside is None else "proof"
    agrees = inside is None or _is_near(parts[part], inside)
    return (parts[part], "returned") if agrees else (inside, "proof")


def _output(beside: Beside, step: int) -> Iterator[WorkedRow]:
    right, theirs = beside.right, beside.theirs
    read = None if theirs is None else theirs.top[step]
    known: Known = "unknown" if read is None else "proof"
    yield _row(step, 0, "H", "reads", right.top[step], read, known)
    batch = beside.found.whole.sizes.batch
    rows = slice(step * batch, (step + 1) * batch)
    expected, given = beside.found.expected[0], beside.found.whole.rows()
    got = given[rows] if given.shape == expected.shape else None
    text, numbers = _output_line(beside, right, step)
    yours, own = (text, "") if theirs is None else _output_line(beside, theirs, step)
    yield _row(
        step,
        0,
        _output_name(beside),
        "computes",
        expected[rows],
        got,
        "missing" if got is None else "returned",
        equation=text,
        numbers=numbers,
        your_equation=yours if yours != text else "",
        your_numbers=own,
    )


def _output_name(beside: Beside) -> str:
    """O, or Q beside the output gate O of an LSTM layer, as in the exercises' statements."""
    return "Q" if "lstm" in beside.found.alignment.cells else "O"


def _output_line(beside: Beside, one: Run, step: int) -> tuple[str, str]:
    line = equation_text.output_line(one.mutations)
    top = one.top[step]
    values = {"hiddens": (top,), "network": one.network}
    text = equation_text.with_names(line, named_weights(beside.found.alignment, 0))
    return text, equation_text.with_numbers(line, values) if len(top) == 1 else ""


def _returned(beside: Beside) -> Iterator[WorkedRow]:
    """The new state where it is not what the last step left, or does not come back."""
    found, last = beside.found, len(beside.found.traces) - 1
    back = returned(found.alignment, found.whole)
    for layer, expected in enumerate(found.expected[1]):
        for part, right in enumerate(expected):
            given = back[layer]
            name = equation_text.book(_PARTS[part])
            if part >= len(given):
                yield _row(last, layer + 1, name, "returns", right, None, "missing")
            elif beside.theirs is not None and not _is_near(
                given[part], beside.theirs.steps[last][layer][_PARTS[part]]
            ):
                yield _row(last, layer + 1, name, "returns", right, given[part], "returned")


def _row(
    step: int,
    layer: int,
    name: str,
    kind: Kind,
    expected: Tensor,
    got: Tensor | None,
    known: Known,
    **texts: str,
) -> WorkedRow:
    differs = known == "missing" or (got is not None and not _is_near(got, expected))
    if not differs:
        texts.pop("your_numbers", None)
    return WorkedRow(
        step=step + 1,
        layer=layer,
        name=name,
        kind=kind,
        expected=rounded(expected),
        got=None if got is None else _finite(got),
        known=known,
        differs=differs,
        **texts,
    )


def _is_near(got: Tensor, expected: Tensor) -> bool:
    return got.shape == expected.shape and bool(((got - expected).abs() < SAME).all())


def _finite(values: Tensor) -> tuple[tuple[float | None, ...], ...]:
    """JSON has no infinity."""
    return tuple(
        tuple(round(one, DIGITS) if math.isfinite(one) else None for one in row)
        for row in values.tolist()
    )
