"""What every single parameter and state unit influences, measured on a few random calls."""

from __future__ import annotations

from dataclasses import dataclass, field

import torch
from torch import Tensor

from pytest_deeprnn.core.facts import calls as facts
from pytest_deeprnn.core.sizes import Sizes
from pytest_deeprnn.core.tolerances import EXACT_DERIVATIVE, NUMERIC_DERIVATIVE, SOLVED
from pytest_deeprnn.measurement.alignment.budget import Budget
from pytest_deeprnn.measurement.alignment.errors import NotMeasurable
from pytest_deeprnn.measurement.calls.replies import Numbers, Slopes
from pytest_deeprnn.measurement.calls.runner import SubmissionRunner

DRAWS = 3  # draws of all parameters; a coincidence must hold in each
NUMERIC_DRAWS = 2
MAX_STATES = 16  # times H: eight layers with H and C
MAX_PARAMETERS = 10_000
MAX_EFFECTS = 2_000_000  # numbers of one Jacobian: what is measured is held in memory at once
MAX_RESULTS = 1000  # outputs and new state units of one step
MAX_LEAVES = 3000  # tensors of parameters, or of a state
_HUGE = 1e60  # whose squares and products are still numbers
SIGMA = 0.5


@dataclass(frozen=True)
class FirstCall:
    """The arguments of one call."""

    sizes: Sizes
    inputs: Tensor
    theta: tuple[Tensor, ...]
    old: tuple[Tensor, ...]


@dataclass(frozen=True)
class Sensitivities:
    """N calls with B = 1 and T = 1, and what each number influenced in them.

    Shapes: token (N,) the index of each call's one-hot input, theta (N, P) the parameters,
    old (N, S) and new (N, M) the state before and after, outputs (N, V), effect (N, V + M, P)
    the Jacobian with respect to the parameters, state_effect (N, V + M, S) to the old state.
    """

    sizes: Sizes
    params: Numbers
    state: Numbers
    new_shapes: tuple[tuple[int, ...], ...]
    token: Tensor
    theta: Tensor
    old: Tensor
    new: Tensor
    outputs: Tensor
    effect: Tensor
    state_effect: Tensor
    numeric: bool
    budget: Budget = field(default_factory=Budget)

    def first_call(self) -> FirstCall:
        """The numbers of the first call, to make it again."""
        return FirstCall(
            sizes=self.sizes,
            inputs=one_hot(self.token[:1].view(1, 1), self.sizes.vocab),
            theta=split(self.theta[0], self.params.shapes),
            old=split(self.old[0], self.state.shapes),
        )

    @property
    def tolerance(self) -> float:
        """How far two numbers that should be equal may differ, relatively."""
        return NUMERIC_DERIVATIVE if self.numeric else EXACT_DERIVATIVE


def measure(
    student: SubmissionRunner, sizes: Sizes, generator: torch.Generator, positive: bool = False
) -> Sensitivities:
    """Run the calls; where autograd and central differences disagree, trust the differences.

    Raises StudentRaised, StudentLost or NotMeasurable.
    """
    params, state = student.params(sizes), student.state(sizes)
    _refuse_too_many(params, state, sizes)
    first = _call(student, sizes, params, state, 0, generator, False, positive, sloped=True)
    numeric = not _agrees(first.slopes)
    if numeric and not _repeats(student, sizes, params, state):
        raise NotMeasurable("state-global", facts.DiffersAtOnce())
    draws = NUMERIC_DRAWS if numeric else DRAWS
    calls = [
        _call(student, sizes, params, state, token, generator, numeric, positive, theta)
        for theta in (draw_values(params.shapes, generator) for _ in range(draws))
        for token in range(sizes.vocab)
    ]
    return _collect(sizes, params, state, calls, numeric)


def draw_values(
    shapes: tuple[tuple[int, ...], ...], generator: torch.Generator
) -> tuple[Tensor, ...]:
    """Draw parameters, σ = 0.5: large enough that no term hides, small enough not to saturate."""
    return tuple(
        SIGMA * torch.randn(shape, generator=generator, dtype=torch.float64) for shape in shapes
    )


def draw_state(
    shapes: tuple[tuple[int, ...], ...], generator: torch.Generator
) -> tuple[Tensor, ...]:
    """Draw states of either sign, away from zero, since effects are divided by them."""
    return tuple(
        (0.3 + 0.7 * torch.rand(shape, generator=generator, dtype=torch.float64))
        * (2.0 * torch.randint(0, 2, shape, generator=generator) - 1.0)
        for shape in shapes
    )


def one_hot(tokens: Tensor, vocab: int) -> Tensor:
    """One-hot float rows: (T, B) tokens to (T, B, V) inputs."""
    return torch.nn.functional.one_hot(tokens, vocab).to(torch.float64)


@dataclass(frozen=True)
class _Call:
    token: int
    theta: Tensor
    old: Tensor
    slopes: Slopes


def _call(
    student: SubmissionRunner,
    sizes: Sizes,
    params: Numbers,
    state: Numbers,
    token: int,
    generator: torch.Generator,
    numeric: bool,
    positive: bool,
    theta: tuple[Tensor, ...] | None = None,
    sloped: bool = False,
) -> _Call:
    theta = draw_values(params.shapes, generator) if theta is None else theta
    old = draw_state(state.shapes, generator)
    if positive:
        theta, old = (tuple(value.abs() for value in values) for values in (theta, old))
    inputs = one_hot(torch.tensor([[token]]), sizes.vocab)
    slopes = student.jacobian(sizes, inputs, theta, old, numeric, sloped)
    answer = slopes.answer
    _refuse_many_results(answer.outputs + answer.state, slopes.matrix)
    for given in (slopes.matrix, slopes.slope, *answer.outputs, *answer.state):
        if not bool((given.abs() < _HUGE).all()):
            raise NotMeasurable("crash", facts.InfiniteNumbers())
    return _Call(token=token, theta=_flat(theta), old=_flat(old), slopes=slopes)


def _refuse_too_many(params: Numbers, state: Numbers, sizes: Sizes) -> None:
    """Sizes that do not follow what was asked for would take minutes, and are a fault."""
    states = sum(value.numel() for value in state.values)
    if states > MAX_STATES * sizes.hiddens:
        raise NotMeasurable("hardcoded-shape", facts.TooMuchState(states, _hiddens(sizes)))
    for role, made in (("get_params", params), ("init_state", state)):
        if len(made.floats) > MAX_LEAVES:
            raise NotMeasurable("crash", facts.TooManyTensors(role, len(made.floats)))
    weights = sum(value.numel() for value in params.values)
    if weights > MAX_PARAMETERS:
        many = facts.TooManyWeights(weights, sizes.vocab, _hiddens(sizes))
        raise NotMeasurable("hardcoded-shape", many)


def _refuse_many_results(given: tuple[Tensor, ...], matrix: Tensor) -> None:
    results = sum(value.numel() for value in given)
    if results > MAX_RESULTS or len(given) > MAX_LEAVES or matrix.numel() > MAX_EFFECTS:
        raise NotMeasurable("hardcoded-shape", facts.TooManyResults(results))


def _hiddens(sizes: Sizes) -> str:
    return str(list(sizes.widths) or sizes.hiddens)


def _repeats(student: SubmissionRunner, sizes: Sizes, params: Numbers, state: Numbers) -> bool:
    generator = torch.Generator().manual_seed(5)
    theta, old = draw_values(params.shapes, generator), draw_state(state.shapes, generator)
    inputs = one_hot(torch.zeros(1, 1, dtype=torch.int64), sizes.vocab)
    answers = [student.forward(sizes, inputs, theta, old) for _ in range(3)]
    given = [_flat(answer.outputs + answer.state) for answer in answers]
    return all(one.shape == given[0].shape and torch.equal(one, given[0]) for one in given)


def _agrees(slopes: Slopes) -> bool:
    direction = torch.cos(torch.arange(1, slopes.matrix.shape[1] + 1, dtype=torch.float64))
    gap = (slopes.matrix @ direction - slopes.slope).abs()
    return bool((gap <= SOLVED * (1 + slopes.slope.abs())).all())


def split(flat: Tensor, shapes: tuple[tuple[int, ...], ...]) -> tuple[Tensor, ...]:
    """Cut one long vector into tensors of these shapes."""
    sizes = [int(torch.Size(shape).numel()) for shape in shapes]
    return tuple(part.view(shape) for part, shape in zip(flat.split(sizes), shapes, strict=True))


def _flat(tensors: tuple[Tensor, ...]) -> Tensor:
    parts = [tensor.reshape(-1) for tensor in tensors]
    return torch.cat(parts) if parts else torch.zeros(0, dtype=torch.float64)


def _shapes(call: _Call) -> tuple[tuple[int, ...], ...]:
    answer = call.slopes.answer
    outputs = sum(value.numel() for value in answer.outputs)
    return ((outputs,), *(tuple(value.shape) for value in answer.state))


def _collect(
    sizes: Sizes, params: Numbers, state: Numbers, calls: list[_Call], numeric: bool
) -> Sensitivities:
    shapes = {_shapes(call) for call in calls}
    if len(shapes) > 1:
        raise NotMeasurable("crash", facts.ShapesVary())
    matrices = torch.stack([call.slopes.matrix for call in calls])
    columns = sum(value.numel() for value in params.values)
    return Sensitivities(
        sizes=sizes,
        params=params,
        state=state,
        new_shapes=tuple(tuple(leaf.shape) for leaf in calls[0].slopes.answer.state),
        token=torch.tensor([call.token for call in calls]),
        theta=torch.stack([call.theta for call in calls]),
        old=torch.stack([call.old for call in calls]),
        new=torch.stack([_flat(call.slopes.answer.state) for call in calls]),
        outputs=torch.stack([_flat(call.slopes.answer.outputs) for call in calls]),
        effect=matrices[:, :, :columns],
        state_effect=matrices[:, :, columns:],
        numeric=numeric,
    )
