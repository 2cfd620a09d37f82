"""The order in which marimo runs cells: each after those that bind what it reads."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Names:
    """The names that a cell binds at module level, and those that it reads there or later."""

    binds: frozenset[str]
    reads: frozenset[str]


def joined(statements: Iterable[tuple[frozenset[str], frozenset[str]]]) -> Names:
    """The names of a cell, by what its statements bind and need."""
    pairs = list(statements)
    binds = frozenset[str]().union(*(one for one, _ in pairs))
    return Names(binds, frozenset[str]().union(*(one for _, one in pairs)))


def order(cells: Sequence[Names]) -> list[int]:
    """Order cells by what they read, else as they stand; those in a circle come last."""
    makers: dict[str, set[int]] = defaultdict(set)
    readers: dict[str, list[int]] = defaultdict(list)
    for number, cell in enumerate(cells):
        for name in cell.binds:
            makers[name].add(number)
    wanted = [[name for name in cell.reads - cell.binds if name in makers] for cell in cells]
    for number, names in enumerate(wanted):
        for name in names:
            readers[name].append(number)
    waiting = [len(names) for names in wanted]
    ready = [number for number, names in enumerate(waiting) if not names]
    done: list[int] = []
    while ready:
        number = heapq.heappop(ready)
        done.append(number)
        for name in cells[number].binds:
            makers[name].discard(number)
            for reader in readers.pop(name, ()) if not makers[name] else ():
                waiting[reader] -= 1
                if not waiting[reader]:
                    heapq.heappush(ready, reader)
    return done + sorted(set(range(len(cells))) - set(done))
