"""Cells with one named fault: what of the equations of rnn.py, gru.py and lstm.py is changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pytest_deeprnn.mutations.mutation import Edit, Mutation

#: What may stand in the place of an activation, as it is written in the equations.
_FUNCTIONS = {
    "tanh": "torch.tanh",
    "relu": "torch.relu",
    "sigmoid": "torch.sigmoid",
    "identity": "",
}
#: Further ones that a whole layer may apply in place of tanh.
_RARE = {
    "leaky_relu": "torch.nn.functional.leaky_relu",
    "elu": "torch.nn.functional.elu",
    "softplus": "torch.nn.functional.softplus",
    "gelu": "torch.nn.functional.gelu",
    "silu": "torch.nn.functional.silu",
    "softsign": "torch.nn.functional.softsign",
    "hardtanh": "torch.nn.functional.hardtanh",
    "sin": "torch.sin",
}
#: The line of each gate, by the gate's name.
LINES = {
    "reset": "R_t",
    "update": "Z_t",
    "candidate": "H_tilde",
    "input": "I_t",
    "forget": "F_t",
    "output": "O_t",
    "cell": "C_tilde",
    "none": "H_t",
}


def _mutation(code: str, gate: str, text: str, old: str, new: str, place: str = "") -> Mutation:
    return Mutation(code, gate, text, (Edit(place or LINES[gate], old, new),))


def _activated(gate: str) -> Iterator[Mutation]:
    """Another activation for one gate, or none."""
    usual = "tanh" if gate in ("candidate", "cell") else "sigmoid"
    for name, function in _FUNCTIONS.items():
        if name != usual:
            what = "nothing" if name == "identity" else name
            text = f"applies {what} where {usual} belongs to the {gate} gate"
            yield _mutation("wrong-activation", gate, text, _FUNCTIONS[usual], function)


def _activated_complement() -> Iterator[Mutation]:
    """An update gate that is no sigmoid, where it weighs the candidate: no signs turn it."""
    for mutation in _activated("update"):
        mixed = Edit("H_t", "Z_t * H + (1 - Z_t) * H_tilde", "(1 - Z_t) * H + Z_t * H_tilde")
        yield replace(mutation, edits=(*mutation.edits, mixed))


#: The plain layer's activation.
RNN: tuple[Mutation, ...] = tuple(
    _mutation(
        "wrong-activation", "none", f"applies {name} where tanh is asked for", "torch.tanh", new
    )
    for name, new in {**_FUNCTIONS, **_RARE}.items()
    if name != "tanh"
)


def _mixture(code: str, text: str, new: str) -> Mutation:
    return _mutation(code, "update", text, "Z_t * H + (1 - Z_t) * H_tilde", new, "H_t")


MIX_BY_RESET = _mixture(
    "gate-swapped",
    "mixes old state and candidate by its reset gate",
    "R_t * H + (1 - R_t) * H_tilde",
)
#: What the GRU makes of old state and candidate.
MIXTURE: tuple[Mutation, ...] = (
    _mixture("gate-missing", "does not apply its update gate", "H_tilde"),
    MIX_BY_RESET,
    _mixture(
        "gate-swapped",
        "weighs the candidate by the complement of another gate",
        "Z_t * H + (1 - R_t) * H_tilde",
    ),
    _mixture(
        "gate-swapped",
        "weighs the candidate by its reset gate",
        "Z_t * H + R_t * H_tilde",
    ),
    _mixture(
        "gate-swapped",
        "keeps the old state by its reset gate",
        "R_t * H + (1 - Z_t) * H_tilde",
    ),
    _mixture(
        "gate-swapped",
        "keeps the old state by the complement of its reset gate",
        "(1 - R_t) * H + (1 - Z_t) * H_tilde",
    ),
    _mixture("cell-update", "computes Z·H + Z·H̃", "Z_t * H + Z_t * H_tilde"),
    _mixture("cell-update", "computes Z·H + H̃", "Z_t * H + H_tilde"),
    _mixture("cell-update", "computes H + (1 − Z)·H̃", "H + (1 - Z_t) * H_tilde"),
    _mixture("cell-update", "drops the old state: (1 − Z)·H̃", "(1 - Z_t) * H_tilde"),
    _mixture("cell-update", "adds old state and candidate: H + H̃", "H + H_tilde"),
    _mixture(
        "cell-update",
        "multiplies the two parts instead of adding them",
        "Z_t * H * (1 - Z_t) * H_tilde",
    ),
    _mixture(
        "cell-update",
        "adds the reset gate's product instead of H̃",
        "Z_t * H + (1 - Z_t) * R_t * H_tilde",
    ),
    _mixture(
        "cell-update",
        "multiplies the old state by its reset gate as well",
        "R_t * Z_t * H + (1 - Z_t) * H_tilde",
    ),
    _mixture(
        "wrong-activation",
        "squashes the new state by another tanh",
        "torch.tanh(Z_t * H + (1 - Z_t) * H_tilde)",
    ),
    *_activated("candidate"),
    *_activated("update"),
    *_activated_complement(),
)

NO_RESET = _mutation(
    "gate-missing", "reset", "does not apply its reset gate", "R_t * H", "H", "H_tilde"
)
RESET_BY_UPDATE = _mutation(
    "gate-swapped",
    "reset",
    "multiplies the old state by its update gate where the reset gate belongs",
    "R_t",
    "Z_t",
    "H_tilde",
)
#: What the GRU's reset gate does to the old state; the first two are told apart by their gates.
RESET: tuple[Mutation, ...] = (NO_RESET, RESET_BY_UPDATE, *_activated("reset"))


def _memory(code: str, gate: str, text: str, new: str) -> Mutation:
    return _mutation(code, gate, text, "F_t * C + I_t * C_tilde", new, "C_t")


def _sum(gate: str, subscript: str, text: str, read: str) -> Mutation:
    """A state that is added to a gate's sum without a weight."""
    old = f"W.b_{subscript}"
    return _mutation("extra-connection", gate, text, old, f"{old} + {read}")


#: What the LSTM makes of the old memory and the candidate.
MEMORY: tuple[Mutation, ...] = (
    _memory("gate-missing", "input", "does not apply its input gate", "F_t * C + C_tilde"),
    _memory("gate-missing", "forget", "does not apply its forget gate", "C + I_t * C_tilde"),
    _memory("gate-missing", "none", "applies neither input nor forget gate", "C + C_tilde"),
    _memory(
        "gate-missing",
        "input",
        "weighs the new memory by 1 − F instead of I",
        "F_t * C + (1 - F_t) * C_tilde",
    ),
    _memory("cell-update", "forget", "drops the old memory: C = I·C̃", "I_t * C_tilde"),
    _memory(
        "cell-update",
        "input",
        "weighs the new memory by F instead of I",
        "F_t * C + F_t * C_tilde",
    ),
    _memory("cell-update", "none", "computes C = F·(C + I·C̃)", "F_t * (C + I_t * C_tilde)"),
    _memory("cell-update", "none", "computes C = F·C + I + C̃", "F_t * C + I_t + C_tilde"),
    _memory("cell-update", "none", "computes C = F·C·I·C̃", "F_t * C * (I_t * C_tilde)"),
    _memory(
        "cell-update",
        "none",
        "computes C = F + I·C̃ with the old memory left out",
        "F_t + I_t * C_tilde",
    ),
    _memory(
        "cell-update",
        "cell",
        "squashes the new memory: C = tanh(F·C + I·C̃)",
        "torch.tanh(F_t * C + I_t * C_tilde)",
    ),
    _memory(
        "cell-update",
        "cell",
        "squashes the old memory: C = F·tanh(C) + I·C̃",
        "F_t * torch.tanh(C) + I_t * C_tilde",
    ),
    _sum("forget", "f", "adds the old memory C to its forget gate's sum", "C"),
    _sum("input", "i", "adds the old memory C to its input gate's sum", "C"),
    *_activated("cell"),
    *_activated("forget"),
    *_activated("input"),
)


def _hidden(code: str, text: str, new: str) -> Mutation:
    return _mutation(code, "output", text, "O_t * torch.tanh(C_t)", new, "H_t")


#: What the LSTM makes of the new memory.
HIDDEN: tuple[Mutation, ...] = (
    _hidden("gate-missing", "does not apply its output gate", "torch.tanh(C_t)"),
    _hidden("wrong-activation", "leaves out tanh: H = O·C", "O_t * C_t"),
    _hidden(
        "wrong-activation", "applies sigmoid to C where tanh belongs", "O_t * torch.sigmoid(C_t)"
    ),
    _hidden("wrong-activation", "applies relu to C where tanh belongs", "O_t * torch.relu(C_t)"),
    _hidden("wrong-activation", "applies tanh to the product O·C", "torch.tanh(O_t * C_t)"),
    _hidden("cell-update", "computes H from the old memory", "O_t * torch.tanh(C)"),
    _hidden(
        "cell-update", "computes H from the candidate instead of C", "O_t * torch.tanh(C_tilde)"
    ),
    _hidden("cell-update", "adds the output gate instead of multiplying", "O_t + torch.tanh(C_t)"),
    _hidden("cell-update", "computes H = C without the output gate", "C_t"),
    _hidden(
        "gate-swapped",
        "weighs tanh(C) by its forget gate instead of O",
        "F_t * torch.tanh(C_t)",
    ),
    _hidden(
        "gate-swapped",
        "weighs tanh(C) by its input gate instead of O",
        "I_t * torch.tanh(C_t)",
    ),
    _hidden(  # the new memory is computed below the line of O_t
        "extra-connection",
        "adds the memory C to its output gate's sum",
        "torch.sigmoid(torch.logit(O_t) + C_t) * torch.tanh(C_t)",
    ),
    _sum("output", "o", "adds the old memory C to its output gate's sum", "C"),
    *_activated("output"),
)
#: Two changes that are one fault.
SQUASHED_MEMORY = Mutation(
    "cell-update",
    "cell",
    "squashes the memory that it keeps: C = tanh(F·C + I·C̃), H = O·C",
    (
        Edit("C_t", "F_t * C + I_t * C_tilde", "torch.tanh(F_t * C + I_t * C_tilde)"),
        Edit("H_t", "O_t * torch.tanh(C_t)", "O_t * C_t"),
    ),
)
CANDIDATE_AND_OUTPUT = Mutation(
    "gate-swapped",
    "output",
    "takes the output gate and the candidate memory in each other's place",
    (
        Edit("C_tilde", "torch.tanh", "torch.sigmoid"),
        Edit("O_t", "torch.sigmoid", "torch.tanh"),
    ),
)
#: Pairs of changes by their edits.
JOINED: tuple[Mutation, ...] = (SQUASHED_MEMORY, CANDIDATE_AND_OUTPUT)
