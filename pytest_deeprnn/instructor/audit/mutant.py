"""One submission to be generated: what is wrong in it, if anything, and where."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pytest_deeprnn.instructor.audit.setup import RIGHT, Setup
from pytest_deeprnn.mutations.mutation import Mutation


@dataclass(frozen=True)
class Specimen:
    """A fault, or a right variant where `codes` are empty; layers count from 1.

    `codes` are the root causes that may be named first, the fault's own before those of equal
    mutations. `cell` are edits of the cells named `of`, in `layers`, none for all; `wiring` are
    edits of the network, which must have `layers`.
    """

    codes: tuple[str, ...]
    text: str
    gate: str = "none"
    where: str = ""
    cell: tuple[Mutation, ...] = ()
    of: str = ""
    layers: tuple[int, ...] = ()
    wiring: tuple[Mutation, ...] = ()
    setup: Setup = RIGHT
    reset: str = ""

    @property
    def is_right(self) -> bool:
        """Whether every check must pass."""
        return not self.codes

    @property
    def row(self) -> tuple[str, str, str]:
        """What the fault is, wherever it is made."""
        return (self.codes[0] if self.codes else "", self.of, self.text)

    def mended(self) -> Specimen:
        """The same submission without its fault."""
        return replace(self, codes=(), cell=(), layers=(), wiring=(), setup=RIGHT)
