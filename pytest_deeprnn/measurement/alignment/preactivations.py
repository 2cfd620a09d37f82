"""Sorts single parameters into pre-activations: the sums that a network feeds to a gate.

A parameter's effect is its source (1, an input, an old or a new state unit) times the response
of the pre-activation it is added to. Two parameters whose effects, divided by their sources,
agree in every call feed the same one.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from dataclasses import dataclass

import torch
from torch import Tensor

from pytest_deeprnn.core.tolerances import NO_EFFECT, SOLVED
from pytest_deeprnn.measurement.alignment import shared_weights
from pytest_deeprnn.measurement.alignment.budget import MANY
from pytest_deeprnn.measurement.alignment.sensitivities import Sensitivities
from pytest_deeprnn.measurement.alignment.sources import (
    Draft,
    Source,
    SourceKind,
    plain_sources,
    same,
    series_of,
    sum_of_two,
)

_PROJECTIONS = 6
_NEIGHBOURS = 6
_MOST_DRAFTS = 1500  # that are compared with each other
_MOST_FACTORS = 2500


@dataclass(frozen=True)
class Group:
    """One pre-activation: its parameters with their sources, and what it moves.

    Shapes: response (N, V + M), value (N,) the sum itself.
    """

    members: tuple[tuple[int, Source], ...]
    response: Tensor
    value: Tensor

    def sources(self, kind: SourceKind) -> dict[int, list[int]]:
        """The parameters by the index of their source, of one kind."""
        found: dict[int, list[int]] = defaultdict(list)
        for element, source in self.members:
            if source.kind == kind:
                found[source.index].append(element)
        return dict(found)


@dataclass(frozen=True)
class Grouping:
    """All groups, the values of unseen sources (N,), and the parameters left over."""

    groups: tuple[Group, ...]
    unseen: tuple[Tensor, ...]
    unused: tuple[int, ...]
    unassigned: tuple[int, ...]


def group(sensitivities: Sensitivities) -> Grouping:
    """Group all parameters; what has no effect is unused, what fits nowhere is unassigned."""
    norms = sensitivities.effect.norm(dim=1)
    scale = float(norms.max()) if norms.numel() else 0.0
    active = norms > NO_EFFECT * max(scale, 1.0)
    everywhere = active.sum(0)
    unused = [k for k in range(active.shape[1]) if everywhere[k] == 0]
    by_token = {
        k: token
        for k in range(active.shape[1])
        if (token := _only_token(active[:, k], sensitivities.token)) is not None
    }
    twins = _twins(sensitivities, [k for k in range(active.shape[1]) if everywhere[k] > 0])
    by_token = {k: token for k, token in by_token.items() if k not in twins}
    plain = [
        k
        for k in range(active.shape[1])
        if everywhere[k] > 0 and k not in by_token and k not in twins
    ]
    drafts = _same_response(sensitivities, plain)
    _add_tokens(sensitivities, drafts, by_token)
    drafts += _lone_biases(sensitivities, drafts, plain, by_token)
    _dissolve(sensitivities, drafts)
    everything = [*plain, *by_token]
    drafts += shared_weights.with_shared_inputs(
        sensitivities, drafts, _left(everything, drafts), by_token
    )
    drafts += shared_weights.without_bias(sensitivities, _left(everything, drafts), by_token)
    left = _left(everything, drafts)
    unseen = _add_proportional(sensitivities, drafts, left)
    drafts += shared_weights.of_sums(sensitivities, _left(left, drafts), by_token)
    _add_shared(sensitivities, drafts, _left(left, drafts), by_token, unseen)
    unseen = _split_sums(sensitivities, drafts, unseen)
    _add_twins(sensitivities, drafts, twins)
    left += list(twins)
    return Grouping(
        groups=tuple(_finish(sensitivities, draft, unseen) for draft in drafts),
        unseen=tuple(unseen),
        unused=tuple(unused),
        unassigned=tuple(_left(left, drafts)),
    )


def _left(elements: list[int], drafts: list[Draft]) -> list[int]:
    """The parameters that stand in no draft yet."""
    taken = {element for draft in drafts for element, _ in draft.members}
    return [element for element in elements if element not in taken]


def _twins(sensitivities: Sensitivities, active: list[int]) -> dict[int, int]:
    """Parameters with the very effect of another in every call, each with that other.

    A second bias is one, and so is a recurrent weight that multiplies what the input weight does.
    """
    first: dict[tuple[float, ...], int] = {}
    found: dict[int, int] = {}
    generator = torch.Generator().manual_seed(3)
    calls, rows, _ = sensitivities.effect.shape
    mix = torch.randn(3, calls, rows, generator=generator, dtype=torch.float64)
    marks = torch.einsum("qnm,nmk->kq", mix, sensitivities.effect)
    scale = float(marks.abs().max()) if marks.numel() else 1.0
    for element in active:
        sensitivities.budget.spend()
        mark = tuple(round(float(part) / scale, 9) for part in marks[element])
        other = first.setdefault(mark, element)
        if other != element:
            gap = sensitivities.effect[:, :, element] - sensitivities.effect[:, :, other]
            if float(gap.abs().max()) <= 100 * sensitivities.tolerance * scale:
                found[element] = other
    return found


def _add_twins(sensitivities: Sensitivities, drafts: list[Draft], twins: dict[int, int]) -> None:
    """A twin stands wherever its other does."""
    for draft in drafts:
        sensitivities.budget.spend(len(draft.members))
        sources = shared_weights.by_element([draft])
        draft.members += [
            (twin, source) for twin, other in twins.items() for source in sources[other]
        ]


def _dissolve(sensitivities: Sensitivities, drafts: list[Draft]) -> None:
    """A group that moves all that two others move is no sum: its parameters stand in both."""
    if not 3 <= len(drafts) <= _MOST_DRAFTS:
        return
    generator = torch.Generator().manual_seed(13)
    calls, rows = drafts[0].response.shape
    mix = torch.randn(3, calls, rows, generator=generator, dtype=torch.float64)
    marks = torch.stack([torch.einsum("qnm,nm->q", mix, draft.response) for draft in drafts])
    gone: set[int] = set()
    for number, draft in enumerate(drafts):
        sensitivities.budget.spend(len(draft.members))
        others = [n for n in range(len(drafts)) if n != number and n not in gone]
        rest = marks[number] - marks[others]
        gap = (rest.unsqueeze(1) - marks[others].unsqueeze(0)).abs().amax(2)
        near = (gap <= SOLVED * (1 + marks[number].abs().max())).nonzero().tolist()
        pairs = [(others[a], others[b]) for a, b in near if a < b]
        for one, two in pairs:
            total = drafts[one].response + drafts[two].response
            if same(total, draft.response, 100 * sensitivities.tolerance):
                drafts[one].members += draft.members
                drafts[two].members += draft.members
                gone.add(number)
                break
    drafts[:] = [draft for number, draft in enumerate(drafts) if number not in gone]


def _split_sums(
    sensitivities: Sensitivities, drafts: list[Draft], unseen: list[Tensor]
) -> list[Tensor]:
    """A source that is the sum of two others: one weight multiplies both, in the same sum."""
    plain, series = plain_sources(sensitivities)
    columns = torch.cat([series, *(one.unsqueeze(1) for one in unseen)], dim=1)
    kinds = [*plain, *(Source("unseen", index) for index in range(len(unseen)))]
    replaced: dict[int, tuple[Source, Source]] = {}
    for index, value in enumerate(unseen):
        match = sum_of_two(value, columns, sensitivities.tolerance)
        if match and Source("unseen", index) not in (kinds[match[0]], kinds[match[1]]):
            replaced[index] = kinds[match[0]], kinds[match[1]]
    for draft in drafts:
        draft.members = [
            (element, part)
            for element, source in draft.members
            for part in (
                replaced.get(source.index, (source,)) if source.kind == "unseen" else (source,)
            )
        ]
    return unseen


def _only_token(active: Tensor, tokens: Tensor) -> int | None:
    """The one token without which a parameter has no effect, if there is one."""
    seen = tokens[active].unique()
    return int(seen[0]) if len(seen) == 1 and len(tokens.unique()) > 1 else None


def _same_response(sensitivities: Sensitivities, elements: list[int]) -> list[Draft]:
    """Match effect ÷ source among all parameters and sources, by random projections."""
    sources, series = plain_sources(sensitivities)
    if not elements:
        return []
    effect = sensitivities.effect[:, :, elements]
    calls, rows, count = effect.shape
    generator = torch.Generator().manual_seed(7)
    mix = torch.randn(calls, rows, _PROJECTIONS, generator=generator, dtype=torch.float64)
    per_call = torch.einsum("nmk,nmq->nkq", effect, mix)
    quotients = torch.einsum("nkq,ns->ksq", per_call, 1 / series).reshape(-1, _PROJECTIONS)
    pairs = _matches(quotients, count, len(sources), sensitivities.tolerance)
    clusters = _components(pairs, quotients.shape[0])
    clusters.sort(key=len, reverse=True)
    drafts, taken = [], set[int]()
    for cluster in clusters:
        sensitivities.budget.spend()
        members = [(entry // len(sources), entry % len(sources)) for entry in cluster]
        members = [(k, s) for k, s in members if k not in taken]
        if len({k for k, _ in members}) < 2:
            continue
        taken |= {k for k, _ in members}
        response = _mean_response(effect, series, members)
        drafts.append(Draft([(elements[k], sources[s]) for k, s in members], response))
    drafts += [
        Draft([(element, Source("one", 0))], effect[:, :, k])
        for k, element in enumerate(elements)
        if k not in taken and _moves_one_output(effect[:, :, k], sensitivities.sizes.vocab)
    ]
    return drafts


def _moves_one_output(effect: Tensor, vocab: int) -> bool:
    """Whether an effect is the same single output in all calls: a lone output bias."""
    return bool((effect - effect[:1]).abs().max() < NO_EFFECT) and int((effect[0] != 0).sum()) == 1


def _matches(
    quotients: Tensor, count: int, sources: int, tolerance: float
) -> list[tuple[int, int]]:
    """Pairs of (parameter, source) entries of different parameters with equal quotients."""
    order = quotients[:, 0].argsort()
    ordered = quotients[order]
    owner = order // sources
    pairs: list[tuple[int, int]] = []
    for step in range(1, _NEIGHBOURS + 1):
        gap = (ordered[step:] - ordered[:-step]).abs()
        size = ordered[step:].abs().amax(1, keepdim=True)
        equal = (gap <= 100 * tolerance * size).all(1) & (owner[step:] != owner[:-step])
        places = equal.nonzero().flatten()
        pairs += zip(order[places].tolist(), order[places + step].tolist(), strict=True)
        if len(pairs) > MANY:
            break  # too many to be groups of anything
    return pairs[:MANY]


def _components(pairs: list[tuple[int, int]], size: int) -> list[list[int]]:
    parent = {entry: entry for pair in pairs for entry in pair}

    def root(entry: int) -> int:
        while parent[entry] != entry:
            parent[entry] = parent[parent[entry]]
            entry = parent[entry]
        return entry

    for left, right in pairs:
        parent[root(left)] = root(right)
    components = defaultdict(list)
    for entry in parent:
        components[root(entry)].append(entry)
    return list(components.values())


def _mean_response(effect: Tensor, series: Tensor, members: list[tuple[int, int]]) -> Tensor:
    parts = [effect[:, :, k] / series[:, s].unsqueeze(1) for k, s in members]
    return torch.stack(parts).mean(0)


def _add_tokens(
    sensitivities: Sensitivities, drafts: list[Draft], by_token: dict[int, int]
) -> None:
    """Input weights of the first layer act on one token only; compare in its calls."""
    if not drafts:
        return
    responses = torch.stack([draft.response for draft in drafts], dim=2)
    for element, token in by_token.items():
        sensitivities.budget.spend()
        calls = sensitivities.token == token
        effect = sensitivities.effect[calls, :, element]
        gaps = (effect.unsqueeze(2) - responses[calls]).abs().amax((0, 1))
        near = (gaps <= 100 * sensitivities.tolerance * effect.abs().max()).nonzero()
        if len(near):
            drafts[int(near[0])].members.append((element, Source("token", token)))


def _lone_biases(
    sensitivities: Sensitivities, drafts: list[Draft], plain: list[int], by_token: dict[int, int]
) -> list[Draft]:
    """A bias may be the only plain parameter of a sum over input weights and unseen sources."""
    taken = {element for draft in drafts for element, _ in draft.members}
    free_tokens = {k: token for k, token in by_token.items() if k not in taken}
    lone = [
        Draft([(k, Source("one", 0))], sensitivities.effect[:, :, k])
        for k in plain
        if k not in taken
    ]
    _add_tokens(sensitivities, lone, free_tokens)
    return [draft for draft in lone if len(draft.members) > 1]


def _add_shared(
    sensitivities: Sensitivities,
    drafts: list[Draft],
    left: list[int],
    by_token: dict[int, int],
    unseen: list[Tensor],
) -> None:
    """A parameter that two sums use has the effect of both: find the two sources and sums."""
    if len(drafts) < 2:
        return
    response = torch.stack([draft.response for draft in drafts], dim=2)
    plain, series = plain_sources(sensitivities)
    series = torch.cat([series, *(one.unsqueeze(1) for one in unseen)], dim=1)
    plain = [*plain, *(Source("unseen", index) for index in range(len(unseen)))]

    @functools.cache
    def parts_of(token: int | None) -> tuple[Tensor, Tensor]:
        """The calls that tell of a token, or all, and what could be added up in these."""
        calls = sensitivities.token >= 0 if token is None else sensitivities.token == token
        columns = series if token is None else torch.ones_like(series[:, :1])
        parts = torch.einsum("nmg,ns->nmsg", response[calls], columns[calls])
        return calls, parts.flatten(0, 1).flatten(1)

    for element in left:
        sensitivities.budget.spend()
        token = by_token.get(element)
        kinds = plain if token is None else [Source("token", token)]
        calls, parts = parts_of(token)
        effect = sensitivities.effect[calls, :, element].reshape(-1)
        match = sum_of_two(effect, parts, sensitivities.tolerance)
        for column in match:
            source, number = divmod(column, len(drafts))
            drafts[number].members.append((element, kinds[source]))


def _add_proportional(
    sensitivities: Sensitivities, drafts: list[Draft], left: list[int]
) -> list[Tensor]:
    """What is left may be added to a known pre-activation, times a source not seen from outside.

    Such a source counts only if several parameters share it: the reset gate's product with an
    old unit feeds every candidate unit.
    """
    elements, numbers, factors = _proportional(sensitivities, drafts, left)
    unseen: list[Tensor] = []
    while len(elements):
        sensitivities.budget.spend()
        agree = _agreeing(factors)
        shares = [len(set(elements[row].tolist())) for row in agree]
        best = agree[shares.index(max(shares))]
        if max(shares) < 2:
            break
        unseen.append(factors[best][0])
        joined = dict(zip(elements[best].tolist(), numbers[best].tolist(), strict=True))
        for element, number in joined.items():
            drafts[number].members.append((element, Source("unseen", len(unseen) - 1)))
        stay = ~torch.isin(elements, torch.tensor(list(joined)))
        elements, numbers, factors = elements[stay], numbers[stay], factors[stay]
    return unseen


def _proportional(
    sensitivities: Sensitivities, drafts: list[Draft], left: list[int]
) -> tuple[Tensor, Tensor, Tensor]:
    """All (parameter, draft) pairs with effect = factor · response in every call.

    Returns the parameters (K,), the drafts' numbers (K,) and the factors (K, N).
    """
    if not left or not drafts or len(left) * len(drafts) > MANY:
        nothing = torch.zeros(0, dtype=torch.int64)
        return nothing, nothing, torch.zeros(0, len(sensitivities.token), dtype=torch.float64)
    effect = sensitivities.effect[:, :, left]
    response = torch.stack([draft.response for draft in drafts], dim=2)
    energy = response.square().sum(1)
    factor = torch.einsum("nmk,nmg->nkg", effect, response) / energy.clamp_min(1e-300).unsqueeze(1)
    size = effect.square().sum(1).unsqueeze(2)
    gap = (size - factor.square() * energy.unsqueeze(1)).abs()
    fits = (gap <= (1000 * sensitivities.tolerance) ** 2 * size).all(0) & (energy > 0).all(0)
    which, numbers = fits.nonzero(as_tuple=True)
    which, numbers = which[:_MOST_FACTORS], numbers[:_MOST_FACTORS]
    return torch.tensor(left)[which], numbers, factor[:, which, numbers].T


def _agreeing(factors: Tensor) -> Tensor:
    """Which factor series are the same, as a Boolean matrix."""
    gap = (factors.unsqueeze(0) - factors.unsqueeze(1)).abs().amax(2)
    return gap <= SOLVED * (1 + factors.abs().amax(1))


def _finish(sensitivities: Sensitivities, draft: Draft, unseen: list[Tensor]) -> Group:
    value = torch.zeros(len(sensitivities.token), dtype=torch.float64)
    sensitivities.budget.spend(len(draft.members))
    for element, source in draft.members:
        value = value + sensitivities.theta[:, element] * series_of(sensitivities, source, unseen)
    return Group(members=tuple(draft.members), response=draft.response, value=value)
