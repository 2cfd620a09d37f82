"""How many layers can be asked of a submission, and in which form their widths are given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pytest_deeprnn.core.exercise import Exercise
from pytest_deeprnn.core.sizes import Sizes
from pytest_deeprnn.measurement.calls.runner import StudentLost, StudentRaised, SubmissionRunner
from pytest_deeprnn.submission.contract import Contract


@dataclass(frozen=True)
class DepthRange:
    """The depths that are asked for; `fixed` where the submission has one depth only."""

    low: int
    high: int
    fixed: bool


def needs_list(student: SubmissionRunner, one: Sizes, several: Sizes) -> bool:
    """Whether num_hiddens must be a list: a number raises TypeError and a list does not."""
    try:
        student.params(one)
    except StudentRaised as error:
        return error.raised.type == "TypeError" and _made(student, several) is not None
    except StudentLost:
        return False
    return False


def grows(student: SubmissionRunner, fewer: Sizes, more: Sizes) -> bool:
    """Whether get_params makes more numbers for the latter sizes."""
    before, after = _made(student, fewer), _made(student, more)
    return before is not None and after is not None and before < after


def find(
    student: SubmissionRunner, exercise: Exercise, own_widths: bool, generic: Callable[[int], Sizes]
) -> DepthRange:
    """The depths to grade: the exercise's, or the only one that the submission builds.

    A list of widths says the depth too, unless fewer raise and more are left unread.
    """
    low, high = exercise.depths
    if takes_layers(student.contract):
        return DepthRange(low, high, fixed=False)
    least = exercise.network.min_layers
    if not own_widths:
        return DepthRange(least, least, fixed=True)
    sizes = {depth: _made(student, generic(depth)) for depth in range(low, high + 1)}
    working = [depth for depth, size in sizes.items() if size is not None]
    if working and working[0] > low and len({sizes[depth] for depth in working}) == 1:
        return DepthRange(working[0], working[0], fixed=True)
    return DepthRange(low, high, fixed=False)


def takes_layers(contract: Contract) -> bool:
    """Whether the number of layers is an argument of get_params."""
    binding = contract.get_params
    return binding is not None and "layers" in binding.kinds


def _made(student: SubmissionRunner, sizes: Sizes) -> int | None:
    """How many numbers get_params makes, None where it raises."""
    try:
        return sum(value.numel() for value in student.params(sizes).values)
    except (StudentRaised, StudentLost):
        return None
