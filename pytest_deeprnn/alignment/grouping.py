"""Sorts single parameters into pre-activations: the sums that a network feeds to a gate.

A parameter's effect is its source (1, an input, an old or a new state unit) times the response
of the pre-activation it is added to. Two parameters whose effects, divided by their sources,
agree in every call feed the same one.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor

from pytest_deeprnn.alignment.footprints import Footprints

SourceKind = Literal["one", "token", "old", "new", "unseen"]
_PROJECTIONS = 6
_NEIGHBOURS = 6
_TINY = 1e-9


@dataclass(frozen=True)
class Source:
    """What a parameter is multiplied with; `index` counts tokens, state units or unseen series."""

    kind: SourceKind
    index: int


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


def group(footprints: Footprints) -> Grouping:
    """Group all parameters; what has no effect is unused, what fits nowhere is unassigned."""
    norms = footprints.effect.norm(dim=1)
    scale = float(norms.max()) if norms.numel() else 0.0
    active = norms > _TINY * max(scale, 1.0)
    everywhere = active.sum(0)
    unused = [k for k in range(active.shape[1]) if everywhere[k] == 0]
    by_token = {
        k: token
        for k in range(active.shape[1])
        if (token := _only_token(active[:, k], footprints.token)) is not None
    }
    plain = [k for k in range(active.shape[1]) if everywhere[k] > 0 and k not in by_token]
    drafts = _same_response(footprints, plain)
    _add_tokens(footprints, drafts, by_token)
    drafts += _lone_biases(footprints, drafts, plain, by_token)
    taken = {element for draft in drafts for element, _ in draft.members}
    left = [k for k in (*plain, *by_token) if k not in taken]
    unseen = _add_proportional(footprints, drafts, left)
    taken = {element for draft in drafts for element, _ in draft.members}
    _add_shared(footprints, drafts, [k for k in left if k not in taken], by_token)
    taken = {element for draft in drafts for element, _ in draft.members}
    return Grouping(
        groups=tuple(_finish(footprints, draft, unseen) for draft in drafts),
        unseen=tuple(unseen),
        unused=tuple(unused),
        unassigned=tuple(k for k in left if k not in taken),
    )


@dataclass
class _Draft:
    members: list[tuple[int, Source]]
    response: Tensor


def _only_token(active: Tensor, tokens: Tensor) -> int | None:
    """The one token without which a parameter has no effect, if there is one."""
    seen = tokens[active].unique()
    return int(seen[0]) if len(seen) == 1 and len(tokens.unique()) > 1 else None


def _same_response(footprints: Footprints, elements: list[int]) -> list[_Draft]:
    """Match effect ÷ source among all parameters and sources, by random projections."""
    sources, series = plain_sources(footprints)
    if not elements:
        return []
    effect = footprints.effect[:, :, elements]
    calls, rows, count = effect.shape
    generator = torch.Generator().manual_seed(7)
    mix = torch.randn(calls, rows, _PROJECTIONS, generator=generator, dtype=torch.float64)
    per_call = torch.einsum("nmk,nmq->nkq", effect, mix)
    quotients = torch.einsum("nkq,ns->ksq", per_call, 1 / series).reshape(-1, _PROJECTIONS)
    pairs = _matches(quotients, count, len(sources), footprints.tolerance)
    clusters = _components(pairs, quotients.shape[0])
    clusters.sort(key=len, reverse=True)
    drafts, taken = [], set[int]()
    for cluster in clusters:
        members = [(entry // len(sources), entry % len(sources)) for entry in cluster]
        members = [(k, s) for k, s in members if k not in taken]
        if len({k for k, _ in members}) < 2:
            continue
        taken |= {k for k, _ in members}
        response = _mean_response(effect, series, members)
        drafts.append(_Draft([(elements[k], sources[s]) for k, s in members], response))
    drafts += [
        _Draft([(element, Source("one", 0))], effect[:, :, k])
        for k, element in enumerate(elements)
        if k not in taken and _moves_one_output(effect[:, :, k], footprints.sizes.vocab)
    ]
    return drafts


def _moves_one_output(effect: Tensor, vocab: int) -> bool:
    """Whether an effect is the same single output in all calls: a lone output bias."""
    return bool((effect - effect[:1]).abs().max() < _TINY) and int((effect[0] != 0).sum()) == 1


def plain_sources(footprints: Footprints) -> tuple[list[Source], Tensor]:
    """All sources that are seen from outside, each value series once; old before new."""
    named = [(Source("one", 0), torch.ones(len(footprints.token), dtype=torch.float64))]
    named += [(Source("old", i), column) for i, column in enumerate(footprints.old.T)]
    named += [(Source("new", i), column) for i, column in enumerate(footprints.new.T)]
    series = torch.stack([column for _, column in named], dim=1)
    gap = (series.unsqueeze(1) - series.unsqueeze(2)).abs().amax(0)
    repeated = (gap <= 1e-7 * (1 + series.abs().amax(0))).triu(diagonal=1).any(0)
    kept = ((series.abs() > _TINY).all(0) & ~repeated).nonzero().flatten()
    return [named[index][0] for index in kept.tolist()], series[:, kept]


def same(left: Tensor, right: Tensor, tolerance: float = 1e-7) -> bool:
    """Whether two series of values agree."""
    return bool((left - right).abs().max() <= tolerance * (1 + right.abs().max()))


def _matches(
    quotients: Tensor, count: int, sources: int, tolerance: float
) -> list[tuple[int, int]]:
    """Pairs of (parameter, source) entries of different parameters with equal quotients."""
    order = quotients[:, 0].argsort()
    ordered = quotients[order]
    owner = order // sources
    pairs = []
    for step in range(1, _NEIGHBOURS + 1):
        gap = (ordered[step:] - ordered[:-step]).abs()
        size = ordered[step:].abs().amax(1, keepdim=True)
        equal = (gap <= 100 * tolerance * size).all(1) & (owner[step:] != owner[:-step])
        for index in equal.nonzero().flatten().tolist():
            pairs.append((int(order[index]), int(order[index + step])))
    return pairs


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


def _add_tokens(footprints: Footprints, drafts: list[_Draft], by_token: dict[int, int]) -> None:
    """Input weights of the first layer act on one token only; compare in its calls."""
    for element, token in by_token.items():
        calls = footprints.token == token
        effect = footprints.effect[calls, :, element]
        for draft in drafts:
            gap = (effect - draft.response[calls]).abs().max()
            if gap <= 100 * footprints.tolerance * effect.abs().max():
                draft.members.append((element, Source("token", token)))
                break


def _lone_biases(
    footprints: Footprints, drafts: list[_Draft], plain: list[int], by_token: dict[int, int]
) -> list[_Draft]:
    """A bias may be the only plain parameter of a sum over input weights and unseen sources."""
    taken = {element for draft in drafts for element, _ in draft.members}
    free_tokens = {k: token for k, token in by_token.items() if k not in taken}
    lone = [
        _Draft([(k, Source("one", 0))], footprints.effect[:, :, k]) for k in plain if k not in taken
    ]
    _add_tokens(footprints, lone, free_tokens)
    return [draft for draft in lone if len(draft.members) > 1]


def _add_shared(
    footprints: Footprints, drafts: list[_Draft], left: list[int], by_token: dict[int, int]
) -> None:
    """A parameter that two sums use has the effect of both: find the two sources and sums."""
    if len(drafts) < 2:
        return
    response = torch.stack([draft.response for draft in drafts], dim=2)
    plain, series = plain_sources(footprints)
    for element in left:
        token = by_token.get(element)
        calls = footprints.token >= 0 if token is None else footprints.token == token
        kinds = plain if token is None else [Source("token", token)]
        columns = series if token is None else torch.ones_like(series[:, :1])
        effect = footprints.effect[calls, :, element].reshape(-1)
        parts = torch.einsum("nmg,ns->nmsg", response[calls], columns[calls])
        match = _sum_of_two(effect, parts.reshape(len(effect), -1), footprints.tolerance)
        for column in match:
            source, number = divmod(column, len(drafts))
            drafts[number].members.append((element, kinds[source]))


def _sum_of_two(effect: Tensor, parts: Tensor, tolerance: float) -> tuple[int, int] | tuple[()]:
    """Two columns of parts that add up to the effect; by projections, then in full."""
    first, second = torch.triu_indices(parts.shape[1], parts.shape[1], offset=1)
    generator = torch.Generator().manual_seed(11)
    mix = torch.randn(2, len(effect), generator=generator, dtype=torch.float64)
    wanted, given = mix @ effect, mix @ parts
    gap = (given[:, first] + given[:, second] - wanted.unsqueeze(1)).abs().amax(0)
    near = (gap <= 1e-6 * (1 + wanted.abs().max())).nonzero().flatten().tolist()
    for pair in near:
        a, b = int(first[pair]), int(second[pair])
        if same(parts[:, a] + parts[:, b], effect, 100 * tolerance):
            return a, b
    return ()


def _add_proportional(
    footprints: Footprints, drafts: list[_Draft], left: list[int]
) -> list[Tensor]:
    """What is left may be added to a known pre-activation, times a source not seen from outside.

    Such a source counts only if several parameters share it: the reset gate's product with an
    old unit feeds every candidate unit.
    """
    elements, numbers, factors = _proportional(footprints, drafts, left)
    unseen: list[Tensor] = []
    while len(elements):
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
    footprints: Footprints, drafts: list[_Draft], left: list[int]
) -> tuple[Tensor, Tensor, Tensor]:
    """All (parameter, draft) pairs with effect = factor · response in every call.

    Returns the parameters (K,), the drafts' numbers (K,) and the factors (K, N).
    """
    if not left or not drafts:
        nothing = torch.zeros(0, dtype=torch.int64)
        return nothing, nothing, torch.zeros(0, len(footprints.token), dtype=torch.float64)
    effect = footprints.effect[:, :, left]
    response = torch.stack([draft.response for draft in drafts], dim=2)
    energy = response.square().sum(1)
    factor = torch.einsum("nmk,nmg->nkg", effect, response) / energy.clamp_min(1e-300).unsqueeze(1)
    size = effect.square().sum(1).unsqueeze(2)
    gap = (size - factor.square() * energy.unsqueeze(1)).abs()
    fits = (gap <= (1000 * footprints.tolerance) ** 2 * size).all(0) & (energy > 0).all(0)
    which, numbers = fits.nonzero(as_tuple=True)
    return torch.tensor(left)[which], numbers, factor[:, which, numbers].T


def _agreeing(factors: Tensor) -> Tensor:
    """Which factor series are the same, as a Boolean matrix."""
    gap = (factors.unsqueeze(0) - factors.unsqueeze(1)).abs().amax(2)
    return gap <= 1e-6 * (1 + factors.abs().amax(1))


def _finish(footprints: Footprints, draft: _Draft, unseen: list[Tensor]) -> Group:
    value = torch.zeros(len(footprints.token), dtype=torch.float64)
    for element, source in draft.members:
        value = value + footprints.theta[:, element] * series_of(footprints, source, unseen)
    return Group(members=tuple(draft.members), response=draft.response, value=value)


def series_of(
    footprints: Footprints, source: Source, unseen: list[Tensor] | tuple[Tensor, ...]
) -> Tensor:
    """A source's values (N,) in all calls."""
    match source.kind:
        case "one":
            return torch.ones(len(footprints.token), dtype=torch.float64)
        case "token":
            return (footprints.token == source.index).to(torch.float64)
        case "old":
            return footprints.old[:, source.index]
        case "new":
            return footprints.new[:, source.index]
        case "unseen":
            return unseen[source.index]
