"""Parameters on the way to sums: what each is multiplied with, and drafts of groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor

from pytest_deeprnn.core.tolerances import NO_EFFECT, SERIES, SOLVED
from pytest_deeprnn.measurement.alignment.sensitivities import Sensitivities

SourceKind = Literal["one", "token", "old", "new", "unseen"]
_MOST_PARTS = 10_000  # every pair of which is tried
_MOST_NEAR = 1000


@dataclass(frozen=True)
class Source:
    """What a parameter is multiplied with; `index` counts tokens, state units or unseen series."""

    kind: SourceKind
    index: int


@dataclass
class Draft:
    """A group that still grows: its parameters with their sources, and its response."""

    members: list[tuple[int, Source]]
    response: Tensor


def plain_sources(sensitivities: Sensitivities) -> tuple[list[Source], Tensor]:
    """All sources that are seen from outside, each value series once; old before new."""
    named = [(Source("one", 0), torch.ones(len(sensitivities.token), dtype=torch.float64))]
    named += [(Source("old", i), column) for i, column in enumerate(sensitivities.old.T)]
    named += [(Source("new", i), column) for i, column in enumerate(sensitivities.new.T)]
    series = torch.stack([column for _, column in named], dim=1)
    gap = (series.unsqueeze(1) - series.unsqueeze(2)).abs().amax(0)
    repeated = (gap <= SERIES * (1 + series.abs().amax(0))).triu(diagonal=1).any(0)
    kept = ((series.abs() > NO_EFFECT).all(0) & ~repeated).nonzero().flatten()
    return [named[index][0] for index in kept.tolist()], series[:, kept]


def same(left: Tensor, right: Tensor, tolerance: float = SERIES) -> bool:
    """Whether two series of values agree."""
    return bool((left - right).abs().max() <= tolerance * (1 + right.abs().max()))


def first_same(left: Tensor, columns: Tensor, tolerance: float = SERIES) -> int | None:
    """The first column that agrees with a series of values, as `same` has it."""
    gaps = (left.unsqueeze(1) - columns).abs().amax(0)
    found = (gaps <= tolerance * (1 + columns.abs().amax(0))).nonzero()
    return int(found[0]) if len(found) else None


def sum_of_two(effect: Tensor, parts: Tensor, tolerance: float) -> tuple[int, int] | tuple[()]:
    """Two columns of parts that add up to the effect; by projections, then in full."""
    if parts.shape[1] > _MOST_PARTS:
        return ()
    generator = torch.Generator().manual_seed(11)
    mix = torch.randn(2, len(effect), generator=generator, dtype=torch.float64)
    wanted, given = mix @ effect, mix @ parts
    close = SOLVED * (1 + wanted.abs().max())
    pairs = _pairs_near(wanted[0], given[0], close)
    gap = (given[1][pairs].sum(1) - wanted[1]).abs()
    for a, b in pairs[gap <= close][:_MOST_NEAR].tolist():
        if same(parts[:, a] + parts[:, b], effect, 100 * tolerance):
            return a, b
    return ()


def _pairs_near(wanted: Tensor, given: Tensor, close: Tensor) -> Tensor:
    """Every pair (P, 2) of different numbers that add up to about the wanted one, in order."""
    ordered, places = given.sort()
    missing = wanted - given
    low = torch.searchsorted(ordered, missing - close)
    counts = torch.searchsorted(ordered, missing + close, right=True) - low
    first = torch.arange(len(given)).repeat_interleave(counts)
    nth = torch.arange(len(first)) - (counts.cumsum(0) - counts).repeat_interleave(counts)
    second = places[low.repeat_interleave(counts) + nth]
    pairs = torch.stack([first, second], dim=1)[first < second]
    return pairs[(pairs[:, 0] * len(given) + pairs[:, 1]).argsort()]


def series_of(
    sensitivities: Sensitivities, source: Source, unseen: list[Tensor] | tuple[Tensor, ...]
) -> Tensor:
    """A source's values (N,) in all calls."""
    match source.kind:
        case "one":
            return torch.ones(len(sensitivities.token), dtype=torch.float64)
        case "token":
            return (sensitivities.token == source.index).to(torch.float64)
        case "old":
            return sensitivities.old[:, source.index]
        case "new":
            return sensitivities.new[:, source.index]
        case "unseen":
            return unseen[source.index]
