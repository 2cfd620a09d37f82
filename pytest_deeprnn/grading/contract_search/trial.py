"""Tries three functions together, in a worker of its own: how far they come, and in which form."""

from __future__ import annotations

import enum

import torch

from pytest_deeprnn.core.sizes import Sizes
from pytest_deeprnn.grading.contract_search.inspection import SECONDS
from pytest_deeprnn.measurement.calls.replies import Answer, Numbers
from pytest_deeprnn.measurement.calls.runner import StudentLost, StudentRaised, SubmissionRunner
from pytest_deeprnn.sandbox.worker import Spawner
from pytest_deeprnn.submission.prepare import Prepared

_STEPS = 4  # T; V, H, B and L differ from it and from each other
_BATCH = 3


class Reached(enum.IntEnum):
    """How far a trial came: what was made, and whether it has the form that was asked for."""

    NOTHING = 0
    PARAMS = 1
    STATE = 2
    ANSWER = 3
    OUTPUTS = 4
    FORM = 5


def attempt(
    prepared: Prepared, spawner: Spawner, imports: tuple[str, ...], sizes: Sizes
) -> Reached:
    """Make parameters (V, H), make a state (B, H), and run T steps of one-hot inputs (T, B, V).

    Only the form of what comes is looked at, never its numbers.
    """
    student = SubmissionRunner(
        spawner,
        prepared.load,
        prepared.contract,
        prepared.constants,
        imports,
        processor_seconds=SECONDS,
    )
    reached = Reached.NOTHING
    try:
        params = student.params(sizes)
        reached = Reached.PARAMS if params.floats else Reached.NOTHING
        state = student.state(sizes)
        reached = Reached.STATE if _is_state(state, sizes) else reached
        answer = student.forward(sizes, _inputs(sizes), _drawn(params), _drawn(state))
        return max(Reached.ANSWER, _form(answer, state, sizes)) if reached else reached
    except (StudentRaised, StudentLost):
        return reached
    finally:
        student.close()


def trial_sizes(depth: int, widths: tuple[int, ...]) -> Sizes:
    """Return sizes at which a V, an H, a B and an L cannot be taken for one another."""
    hiddens = max(widths, default=5)
    return Sizes(vocab=7, hiddens=hiddens, layers=depth, batch=_BATCH, steps=_STEPS, widths=widths)


def _is_state(state: Numbers, sizes: Sizes) -> bool:
    return bool(state.floats) and all(sizes.batch in shape for shape in state.shapes)


def _form(answer: Answer, state: Numbers, sizes: Sizes) -> Reached:
    rows = sum(value.numel() for value in answer.outputs)
    if rows != sizes.steps * sizes.batch * sizes.vocab:
        return Reached.ANSWER
    if any(value.shape[-1:] != (sizes.vocab,) for value in answer.outputs):
        return Reached.ANSWER
    units = sum(value.numel() for value in answer.state)
    asked = sum(value.numel() for value in state.values)
    return Reached.FORM if units == asked else Reached.OUTPUTS


def _inputs(sizes: Sizes) -> torch.Tensor:
    """One-hot inputs (T, B, V)."""
    tokens = torch.arange(sizes.steps * sizes.batch).reshape(sizes.steps, sizes.batch)
    return torch.nn.functional.one_hot(tokens % sizes.vocab, sizes.vocab).to(torch.float64)


def _drawn(made: Numbers) -> tuple[torch.Tensor, ...]:
    generator = torch.Generator().manual_seed(0)
    return tuple(
        0.5 * torch.randn(value.shape, generator=generator, dtype=torch.float64)
        for value in made.values
    )
