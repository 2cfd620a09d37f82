"""initial-state: what init_state makes."""

from __future__ import annotations

from pytest_deeprnn.checks.outcome import Failed, Outcome, Passed
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
    parts = sum(2 if cell == "lstm" else 1 for cell in traces.exercise.cells(layers))
    expected = parts * sizes.batch * sizes.hiddens
    got = sum(value.numel() for value in made.values)
    shapes = ", ".join(str(leaf.shape) for leaf in made.floats)
    if got == expected:
        wrong = [leaf for leaf in made.floats if sizes.hiddens not in leaf.shape]
        if wrong and sizes.hiddens * layers not in wrong[0].shape:
            detail = f"the state has shapes {shapes}, none of which holds H = {sizes.hiddens}"
            return _failed("state-shape", detail)
        turned = [leaf for leaf in made.floats if leaf.shape == (sizes.hiddens, sizes.batch)]
        if turned and alignment is None:
            detail = f"the state{turned[0].path} has shape (H, B); forward cannot use it"
            return _failed("state-shape", detail)
        return Passed()
    detail = (
        f"init_state makes {shapes}, in all {got} numbers; {parts} tensors of (B, H) = "
        f"({sizes.batch}, {sizes.hiddens}) are needed"
    )
    no_batch = all(sizes.batch not in leaf.shape for leaf in made.floats)
    whole = got % (sizes.batch * sizes.hiddens) == 0 and not no_batch
    code = "state-incomplete" if whole and got < expected else "state-shape"
    return _failed(code, detail)


def _failed(code: str, detail: str) -> Failed:
    return Failed(sentence(detail), (Finding(code, detail, function="init_state"),))
