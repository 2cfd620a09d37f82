"""initial-state: what init_state makes."""

from __future__ import annotations

from pytest_deeprnn.checks.outcome import Failed, Outcome, Passed
from pytest_deeprnn.exercise import Cell
from pytest_deeprnn.finding import Finding
from pytest_deeprnn.student import Numbers, Sizes
from pytest_deeprnn.traces import Traces
from pytest_deeprnn.wording import sentence


def initial_state(traces: Traces) -> Outcome:
    """init_state gives zeros of shape (B, H) for every part of every layer's state."""
    depth = traces.depths[-1]
    sizes = traces.probe(depth)
    made = traces.student.state(sizes)
    if not made.floats:
        detail = f"init_state returned {made.container} without any floating-point tensor"
        return _failed("state-incomplete", detail)
    for leaf, value in zip(made.floats, made.values, strict=True):
        if bool((value != 0).any()):
            detail = f"the initial state{leaf.path} is not zero"
            return _failed("state-init", detail)
    return _amount(traces, made, sizes, depth)


def _amount(traces: Traces, made: Numbers, sizes: Sizes, depth: int) -> Outcome:
    """How many numbers the state holds, which tells missing layers and a missing batch."""
    alignment = traces.alignment_or_none(depth)
    found = len(alignment.naming.layers) if alignment else 0
    layers = depth or max(found, traces.exercise.network.min_layers)
    owners = _owners(traces.exercise.cells(layers))
    got = sum(value.numel() for value in made.values)
    if got == len(owners) * sizes.batch * sizes.hiddens:
        return _shapes(made, sizes, layers, runs=alignment is not None)
    shapes = ", ".join(str(leaf.shape) for leaf in made.floats)
    detail = (
        f"init_state makes {shapes}, in all {got} numbers; {len(owners)} tensors of (B, H) = "
        f"({sizes.batch}, {sizes.hiddens}) are needed"
    )
    parts, rest = divmod(got, sizes.batch * sizes.hiddens)
    with_batch = any(sizes.batch in leaf.shape for leaf in made.floats)
    if rest == 0 and parts < len(owners) and with_batch:
        return _failed("state-incomplete", detail, owners[parts])
    return _failed("state-shape", detail)


def _owners(cells: list[Cell]) -> list[int]:
    """The layer that each (B, H) tensor of a state belongs to: an LSTM layer has two."""
    return [layer for layer, cell in enumerate(cells, 1) for _ in range(2 if cell == "lstm" else 1)]


def _shapes(made: Numbers, sizes: Sizes, layers: int, runs: bool) -> Outcome:
    """The right amount of numbers in a form that holds no (B, H)."""
    for leaf in made.floats:
        if not {sizes.hiddens, sizes.hiddens * layers} & set(leaf.shape):
            detail = f"the state{leaf.path} has shape {leaf.shape}, without H = {sizes.hiddens}"
            return _failed("state-shape", detail)
        if leaf.shape == (sizes.hiddens, sizes.batch) and not runs:
            detail = f"the state{leaf.path} has shape (H, B); forward cannot use it"
            return _failed("state-shape", detail)
    return Passed()


def _failed(code: str, detail: str, layer: int | None = None) -> Failed:
    return Failed(sentence(detail), (Finding(code, detail, layer, function="init_state"),))
