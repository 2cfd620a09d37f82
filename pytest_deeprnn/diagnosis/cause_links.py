"""Which root cause brings which other one about, so that a report tells them as one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from msgspec.structs import replace

from pytest_deeprnn.checks.evidence.initial_state_use import OWN_START
from pytest_deeprnn.checks.evidence.unused_gates import NEVER_USED
from pytest_deeprnn.core.report import Diagnosis

Where = Literal["anywhere", "same layer", "same gate", "layer above"]


@dataclass(frozen=True)
class Link:
    """Where `cause` is, `code` must show as well, and goes with it once it is mended.

    `where` says how the two places must lie; `about` are words of the detail that tell this
    consequence from another fault of the same code, `because` are words of the cause's.
    """

    cause: str
    code: str
    where: Where = "anywhere"
    about: str = ""
    because: str = ""


#: Codes may stand under more than one cause; the likeliest that is there takes them.
LINKS = (
    # A layer of torch.nn that is made inside forward draws its weights there.
    Link("forbidden-api", "state-global", about="random generator"),
    # One leak shows in every call that is made again.
    Link("state-global", "state-global", about="gives different numbers"),
    # Two calls differ anyway, so what was changed between them is not the reason.
    Link("state-global", "batch-mixing"),
    Link("state-global", "not-causal"),
    # Each layer has its part of the state: other layers, other parts.
    Link("layer-count", "state-shape", about="init_state makes"),
    Link("layer-count", "state-incomplete", about="init_state makes"),
    # What does not fit cannot be added or multiplied, and torch raises a RuntimeError.
    Link("state-shape", "hardcoded-shape", about="forward raises RuntimeError"),
    Link("state-shape", "crash", about="forward raises RuntimeError"),
    Link("hardcoded-shape", "hardcoded-shape", about="forward raises RuntimeError"),
    Link("params-shape", "crash", about="forward raises RuntimeError"),
    # A network that runs backwards in time is seen by its numbers and by its influences.
    Link("not-causal", "not-causal"),
    # Of two layers with one state, one takes the other's as its own, and reads none of its own.
    Link("shared-state", "wrong-recurrence"),
    Link("shared-state", "no-recurrence", "same layer"),
    # What two layers share is made once. That a part is not given back is a fault of its own.
    Link("shared-state", "state-incomplete", "same layer", about="init_state makes"),
    # Above the layer that is read as output nothing reaches it.
    Link("output-wrong-layer", "unused-layer", "layer above"),
    Link("output-wrong-layer", "unused-parameter"),
    # The layer that should be the input is passed over.
    Link("wrong-layer-input", "unused-layer"),
    Link("wrong-layer-input", "unused-parameter"),
    # States that are taken from other places than they are put into are in another order.
    Link("wrong-recurrence", "state-order"),
    # A layer's parameters are idle with it.
    Link("unused-layer", "unused-parameter"),
    # Another kind of cell has other weights, and only an LSTM has a memory.
    Link("wrong-cell", "params-missing", "same layer"),
    Link("wrong-cell", "state-incomplete", "same layer", about="init_state makes"),
    # A gate in another one's place gives a product that is none of the cell's.
    Link("gate-missing", "cell-update", "same layer", because=NEVER_USED),
    # A gate that is not computed needs no weights; those of one that is not applied are idle.
    Link("gate-missing", "params-missing", "same gate"),
    Link("gate-missing", "unused-parameter"),
    # The weight that belongs where another is used lies idle.
    Link("wrong-weight", "unused-parameter"),
    # In one step alone a state that is not the given one looks like none at all.
    Link("no-recurrence", "no-recurrence", because=OWN_START),
    Link("no-recurrence", "cell-update", because=OWN_START, about="old"),
    # Without the old state there is no recurrent term and no use for its weights.
    Link("no-recurrence", "missing-term", "same layer", about="W_h"),
    Link("no-recurrence", "params-missing", "same layer", about="W_h"),
    Link("no-recurrence", "unused-parameter"),
    # A term that is left out needs no weight, and leaves one idle that is there.
    Link("missing-term", "params-missing", "same gate"),
    Link("missing-term", "unused-parameter"),
    # Where nothing new comes back, each part is missing.
    Link("state-not-returned", "state-not-returned"),
    Link("state-not-returned", "state-incomplete", about="forward"),
)


def linked(diagnoses: Iterable[Diagnosis]) -> tuple[Diagnosis, ...]:
    """Say of each diagnosis which root cause before it brings it about, if one does."""
    told: list[Diagnosis] = []
    for found in diagnoses:
        told.append(replace(found, follows_from=_cause(told, found)))
    return tuple(told)


def follows_its_like(code: str, detail: str) -> bool:
    """Whether another finding of the same code may bring this one about."""
    return any(
        link.about in detail and not (link.because and link.because in detail)
        for link in LINKS
        if link.cause == link.code == code and (link.about or link.because)
    )


def _cause(earlier: list[Diagnosis], found: Diagnosis) -> int | None:
    """The number of the root cause; what follows from a consequence follows from its cause."""
    for number, one in enumerate(earlier, start=1):
        if any(_applies(link, one, found) for link in LINKS):
            return one.follows_from or number
    return None


def _applies(link: Link, cause: Diagnosis, found: Diagnosis) -> bool:
    codes = (cause.code, found.code) == (link.cause, link.code)
    told = link.about in found.detail and link.because in cause.detail
    return codes and told and _lies(link.where, cause, found)


def _lies(where: Where, cause: Diagnosis, found: Diagnosis) -> bool:
    """Whether two places lie so; a layer that is not known lies nowhere."""
    if where == "anywhere":
        return True
    if cause.layer is None or found.layer is None:
        return False
    if where == "layer above":
        return found.layer > cause.layer
    return found.layer == cause.layer and (where == "same layer" or found.gate == cause.gate)
