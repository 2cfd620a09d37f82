"""The sizes of one situation, under the book's letters."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal


@dataclass(frozen=True)
class Sizes:
    """V, H, L and, for calls, B and T.

    `hiddens` is the width of every layer; with `widths`, one for each layer from the lowest, it
    is the largest of them.
    """

    vocab: int
    hiddens: int
    layers: int
    batch: int = 1
    steps: int = 1
    device: str = "cpu"
    dtype: Literal["float64", "float32"] = "float64"
    widths: tuple[int, ...] = ()

    def width(self, layer: int) -> int:
        """H of a layer, counted from 1."""
        return self.widths[min(layer, len(self.widths)) - 1] if self.widths else self.hiddens

    def below(self, layer: int) -> int:
        """How many numbers a layer reads: V for the first, else H of the layer below."""
        return self.vocab if layer == 1 else self.width(layer - 1)

    def all_widths(self, layers: int) -> tuple[int, ...]:
        """H of each of so many layers."""
        return tuple(self.width(layer) for layer in range(1, layers + 1))

    @property
    def lengths(self) -> tuple[int, ...]:
        """The lengths that shapes are made of: V, then H, or the H of every layer."""
        return (self.vocab, *(self.widths or (self.hiddens,)))

    def with_hiddens(self, hiddens: int) -> Sizes:
        """The same with another H, for every layer."""
        return replace(self, hiddens=hiddens, widths=tuple(hiddens for _ in self.widths))

    def wider(self, more: int) -> Sizes:
        """The same with every layer wider."""
        return replace(
            self,
            hiddens=self.hiddens + more,
            widths=tuple(width + more for width in self.widths),
        )

    def as_dict(self) -> dict[str, int]:
        """The sizes under the book's letters; H1, H2, … where each layer has its own."""
        several = {f"H{layer}": width for layer, width in enumerate(self.widths, start=1)}
        return {
            "V": self.vocab,
            **(several or {"H": self.hiddens}),
            "L": self.layers,
            "B": self.batch,
            "T": self.steps,
        }

    @property
    def work(self) -> int:
        """How much there is to check by hand."""
        return self.steps * self.batch * self.layers * (self.vocab + self.hiddens)
