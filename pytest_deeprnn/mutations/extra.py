"""Faults of a cell's equations that an instructor adds to those that are looked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pytest_deeprnn.mutations.mutation import Mutation


@dataclass(frozen=True)
class CellMutation:
    """A mutation of one cell: edits of the lines of reference/rnn.py, gru.py or lstm.py."""

    cell: Literal["rnn", "gru", "lstm"]
    mutation: Mutation


Added = tuple[CellMutation, ...]


def of_cell(added: Added, cell: str) -> tuple[Mutation, ...]:
    """Those of one cell."""
    return tuple(one.mutation for one in added if one.cell == cell)
