"""A cell's equations on a single unit: the right one, and each with one named fault."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from pytest_deeprnn.alignment.cells import ACTIVATIONS, Twist

Values = dict[str, Tensor]


@dataclass(frozen=True)
class Formula:
    """A twisted equation of one unit, from gate values by subscript, `H` and `C` the old state."""

    twist: Twist
    gates: str
    compute: Callable[[Values], Tensor]
    activations: tuple[tuple[str, str], ...] = ()

    def activation(self, gate: str) -> str:
        """The activation of a gate in this formula."""
        usual = "tanh" if gate in "hc" else "sigmoid"
        return dict(self.activations).get(gate, usual)


def _update(z: str = "z", kept: str = "z") -> Callable[[Values], Tensor]:
    return lambda v: v[kept] * v["H"] + (1 - v[z]) * v["h"]


_NAMES = {
    "z": "update",
    "r": "reset",
    "h": "candidate",
    "i": "input",
    "f": "forget",
    "o": "output",
    "c": "cell",
}


def _activated(gates: str, compute: Callable[[Values], Tensor], twisted: str) -> Iterator[Formula]:
    """The usual equation with another activation for one gate."""
    usual = "tanh" if twisted in "hc" else "sigmoid"
    for name in ACTIVATIONS:
        if name != usual:
            what = "nothing" if name == "identity" else name
            text = f"applies {what} where {usual} belongs to the {_NAMES[twisted]} gate"
            twist = Twist("wrong-activation", _NAMES[twisted], text)
            yield Formula(twist, gates, compute, ((twisted, name),))


GRU: tuple[Formula, ...] = (
    Formula(Twist("", "none", ""), "zh", _update()),
    Formula(
        Twist("gate-missing", "update", "does not apply its update gate"), "h", lambda v: v["h"]
    ),
    Formula(
        Twist("gate-swapped", "update", "mixes old state and candidate by its reset gate"),
        "rh",
        _update("r", "r"),
    ),
    Formula(
        Twist("gate-swapped", "update", "weighs the candidate by the complement of another gate"),
        "zrh",
        _update("r", "z"),
    ),
    Formula(
        Twist("cell-update", "update", "computes Z·H + Z·H̃"),
        "zh",
        lambda v: v["z"] * (v["H"] + v["h"]),
    ),
    Formula(
        Twist("cell-update", "update", "computes Z·H + H̃"), "zh", lambda v: v["z"] * v["H"] + v["h"]
    ),
    Formula(
        Twist("cell-update", "update", "computes H + (1 − Z)·H̃"),
        "zh",
        lambda v: v["H"] + (1 - v["z"]) * v["h"],
    ),
    Formula(
        Twist("cell-update", "update", "drops the old state: (1 − Z)·H̃"),
        "zh",
        lambda v: (1 - v["z"]) * v["h"],
    ),
    Formula(
        Twist("cell-update", "update", "adds the reset gate's product instead of H̃"),
        "zrh",
        lambda v: v["z"] * v["H"] + (1 - v["z"]) * v["r"] * v["h"],
    ),
    *_activated("zh", _update(), "h"),
    *_activated("zh", _update(), "z"),
)


def _memory(v: Values) -> Tensor:
    return v["f"] * v["C"] + v["i"] * v["c"]


MEMORY: tuple[Formula, ...] = (
    Formula(Twist("", "none", ""), "fic", _memory),
    Formula(
        Twist("gate-missing", "input", "does not apply its input gate"),
        "fc",
        lambda v: v["f"] * v["C"] + v["c"],
    ),
    Formula(
        Twist("gate-missing", "forget", "does not apply its forget gate"),
        "ic",
        lambda v: v["C"] + v["i"] * v["c"],
    ),
    Formula(
        Twist("gate-missing", "input", "weighs the new memory by 1 − F instead of I"),
        "fc",
        lambda v: v["f"] * v["C"] + (1 - v["f"]) * v["c"],
    ),
    Formula(
        Twist("cell-update", "forget", "drops the old memory: C = I·C̃"),
        "ic",
        lambda v: v["i"] * v["c"],
    ),
    Formula(
        Twist("cell-update", "input", "weighs the new memory by F instead of I"),
        "fc",
        lambda v: v["f"] * (v["C"] + v["c"]),
    ),
    Formula(
        Twist("cell-update", "none", "computes C = F·(C + I·C̃)"),
        "fic",
        lambda v: v["f"] * (v["C"] + v["i"] * v["c"]),
    ),
    Formula(
        Twist("cell-update", "none", "computes C = F·C + I + C̃"),
        "fic",
        lambda v: v["f"] * v["C"] + v["i"] + v["c"],
    ),
    Formula(
        Twist("cell-update", "none", "computes C = F + I·C̃ with the old memory left out"),
        "fic",
        lambda v: v["f"] + v["i"] * v["c"],
    ),
    Formula(
        Twist("cell-update", "cell", "squashes the new memory: C = tanh(F·C + I·C̃)"),
        "fic",
        lambda v: torch.tanh(v["f"] * v["C"] + v["i"] * v["c"]),
    ),
    Formula(
        Twist("extra-connection", "forget", "adds the old memory C to its forget gate's sum"),
        "fic",
        lambda v: torch.sigmoid(v["f"] + v["C"]) * v["C"] + v["i"] * v["c"],
        (("f", "identity"),),
    ),
    Formula(
        Twist("extra-connection", "input", "adds the old memory C to its input gate's sum"),
        "fic",
        lambda v: v["f"] * v["C"] + torch.sigmoid(v["i"] + v["C"]) * v["c"],
        (("i", "identity"),),
    ),
    *_activated("fic", _memory, "c"),
    *_activated("fic", _memory, "f"),
    *_activated("fic", _memory, "i"),
)


def _hidden(v: Values) -> Tensor:
    return v["o"] * torch.tanh(v["N"])


HIDDEN: tuple[Formula, ...] = (
    Formula(Twist("", "none", ""), "o", _hidden),
    Formula(
        Twist("gate-missing", "output", "does not apply its output gate"),
        "",
        lambda v: torch.tanh(v["N"]),
    ),
    Formula(
        Twist("wrong-activation", "output", "leaves out tanh: H = O·C"),
        "o",
        lambda v: v["o"] * v["N"],
    ),
    Formula(
        Twist("wrong-activation", "output", "applies sigmoid to C where tanh belongs"),
        "o",
        lambda v: v["o"] * torch.sigmoid(v["N"]),
    ),
    Formula(
        Twist("cell-update", "output", "computes H from the old memory"),
        "o",
        lambda v: v["o"] * torch.tanh(v["C"]),
    ),
    Formula(
        Twist("cell-update", "output", "adds the output gate instead of multiplying"),
        "o",
        lambda v: v["o"] + torch.tanh(v["N"]),
    ),
    Formula(
        Twist("cell-update", "output", "computes H = C without the output gate"),
        "",
        lambda v: v["N"],
    ),
    *_activated("o", _hidden, "o"),
    Formula(
        Twist("gate-swapped", "output", "weighs tanh(C) by its forget gate instead of O"),
        "",
        lambda v: v["f"] * torch.tanh(v["N"]),
    ),
    Formula(
        Twist("gate-swapped", "output", "weighs tanh(C) by its input gate instead of O"),
        "",
        lambda v: v["i"] * torch.tanh(v["N"]),
    ),
    Formula(
        Twist("extra-connection", "output", "adds the memory C to its output gate's sum"),
        "o",
        lambda v: torch.sigmoid(v["o"] + v["N"]) * torch.tanh(v["N"]),
        (("o", "identity"),),
    ),
    Formula(
        Twist("extra-connection", "output", "adds the old memory C to its output gate's sum"),
        "o",
        lambda v: torch.sigmoid(v["o"] + v["C"]) * torch.tanh(v["N"]),
        (("o", "identity"),),
    ),
)
