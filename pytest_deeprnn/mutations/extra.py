"""Faults of a cell's equations that an instructor adds to those that are looked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pytest_deeprnn.mutations.mutation import Twist


@dataclass(frozen=True)
class CellTwist:
    """A twist of one cell: edits of the lines of reference/rnn.py, gru.py or lstm.py."""

    cell: Literal["rnn", "gru", "lstm"]
    twist: Twist


Added = tuple[CellTwist, ...]


def of_cell(added: Added, cell: str) -> tuple[Twist, ...]:
    """Those of one cell."""
    return tuple(one.twist for one in added if one.cell == cell)
