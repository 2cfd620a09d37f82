"""Sums that no two parameters show alone: without a bias, or with weights that two sums share."""

from __future__ import annotations

from collections import defaultdict

import torch
from torch import Tensor

from pytest_deeprnn.core.tolerances import SOLVED
from pytest_deeprnn.measurement.alignment.sensitivities import Sensitivities
from pytest_deeprnn.measurement.alignment.sources import (
    Draft,
    Source,
    plain_sources,
    same,
    sum_of_two,
)


def without_bias(
    sensitivities: Sensitivities, left: list[int], by_token: dict[int, int]
) -> list[Draft]:
    """A sum of input weights and unseen products only, stitched together token by token.

    In the calls of one token an input weight has the sum's own response; a recurrent weight,
    which acts in all calls, tells which input weights belong together.
    """
    tokens = [k for k in left if k in by_token]
    found: dict[tuple[int, ...], Draft] = {}
    for element in (k for k in left if k not in by_token):
        sensitivities.budget.spend()
        chosen: list[int] = []
        response = torch.zeros_like(sensitivities.effect[:, :, element])
        for token in range(sensitivities.sizes.vocab):
            calls = sensitivities.token == token
            effect = sensitivities.effect[calls, :, element]
            fitting = [
                k
                for k in tokens
                if by_token[k] == token and _proportional(effect, sensitivities.effect[calls, :, k])
            ]
            if len(fitting) != 1:
                break
            chosen.append(fitting[0])
            response[calls] = sensitivities.effect[calls, :, fitting[0]]
        else:
            members = [(k, Source("token", by_token[k])) for k in chosen]
            found.setdefault(tuple(chosen), Draft(members, response))
    return list(found.values())


def with_shared_inputs(
    sensitivities: Sensitivities, drafts: list[Draft], left: list[int], by_token: dict[int, int]
) -> list[Draft]:
    """A bias whose sum shares all its input weights with a known sum."""
    tokens = [k for k in left if k in by_token]
    new = []
    for element in (k for k in left if k not in by_token):
        own = sensitivities.effect[:, :, element]
        sensitivities.budget.spend(len(tokens) * len(drafts))
        shared = [
            (k, draft)
            for k in tokens
            for draft in drafts
            if _adds_up(sensitivities, k, by_token[k], own + draft.response)
        ]
        if len(shared) >= 2:
            members = [(element, Source("one", 0))]
            for k, draft in shared:
                members.append((k, Source("token", by_token[k])))
                draft.members.append((k, Source("token", by_token[k])))
            new.append(Draft(members, own))
    return new


def of_sums(sensitivities: Sensitivities, left: list[int], by_token: dict[int, int]) -> list[Draft]:
    """A bias beside weights that multiply the sum of two known values each."""
    plain, series = plain_sources(sensitivities)
    elements = [k for k in left if k not in by_token]
    new: list[Draft] = []
    taken: set[int] = set()
    for base in elements:
        sensitivities.budget.spend()
        if base in taken:
            continue
        own = sensitivities.effect[:, :, base]
        members = [(base, Source("one", 0))]
        for other in elements:
            factor = _factor(sensitivities.effect[:, :, other], own) if other != base else None
            match = () if factor is None else sum_of_two(factor, series, sensitivities.tolerance)
            members += [(other, plain[column]) for column in match]
        if len(members) >= 5:  # two weights at least, each in two products
            new.append(Draft(members, own))
            taken |= {element for element, _ in members}
    return new


def _adds_up(sensitivities: Sensitivities, element: int, token: int, response: Tensor) -> bool:
    calls = sensitivities.token == token
    return same(
        response[calls], sensitivities.effect[calls, :, element], 100 * sensitivities.tolerance
    )


def _proportional(one: Tensor, other: Tensor) -> bool:
    """Whether one is a multiple of the other in every call, not all zero."""
    return _factor(one, other) is not None


def _factor(one: Tensor, other: Tensor) -> Tensor | None:
    """The factor in each call, (N,); None where one is no multiple of the other."""
    energy = other.square().sum(1)
    if not bool((energy > 0).all()):
        return None
    factor = (one * other).sum(1) / energy
    gap = (one - factor.unsqueeze(1) * other).abs().amax(1)
    close = bool((gap <= SOLVED * one.abs().amax(1)).all()) and bool((factor.abs() > 0).all())
    return factor if close else None


def by_element(drafts: list[Draft]) -> dict[int, list[Source]]:
    """The sources that each parameter is multiplied with, in whatever sum."""
    found: dict[int, list[Source]] = defaultdict(list)
    for draft in drafts:
        for element, source in draft.members:
            found[element].append(source)
    return found
