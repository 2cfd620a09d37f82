"""Which root cause brings which other one about, so that a report tells them as one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from msgspec.structs import replace

from pytest_deeprnn.core.facts import calls, networks, parameters, states
from pytest_deeprnn.core.facts.fact import Fact, parts
from pytest_deeprnn.core.finding import Finding
from pytest_deeprnn.core.report import Diagnosis

#: Whether what was measured is of a kind.
Test = Callable[[Fact], bool]
Where = Literal["anywhere", "same layer", "same gate", "layer above"]


@dataclass(frozen=True)
class Link:
    """Where `cause` is, `code` must show as well, and goes with it once it is mended.

    `where` says how the two places must lie; `about` tells this consequence from another fault of
    the same code by what was measured, `because` does so for the cause.
    """

    cause: str
    code: str
    where: Where = "anywhere"
    about: Test | None = None
    because: Test | None = None


def is_a(*kinds: type[Fact]) -> Test:
    """Return a test for facts of these types."""
    return lambda fact: isinstance(fact, kinds)


def _random(fact: Fact) -> bool:
    return isinstance(fact, calls.DrawsAtRandom | calls.ChangesGenerator)


def _does_not_fit(fact: Fact) -> bool:
    """What does not fit cannot be added or multiplied, and torch raises a RuntimeError."""
    return any(
        getattr(part, "function", "") == "forward"
        and getattr(part, "raised", "").startswith("RuntimeError")
        for part in parts(fact)
    )


def _recurrent_weight(fact: Fact) -> bool:
    return any(
        isinstance(part, parameters.MissingWeight) and part.weight.startswith("W_h")
        for part in parts(fact)
    )


def _old_state(fact: Fact) -> bool:
    return any(isinstance(part, networks.Mutated) and part.changes_old for part in parts(fact))


_made = is_a(states.StateAmount, states.FewerNumbers)


#: Codes may stand under more than one cause; the likeliest that is there takes them.
LINKS = (
    # A layer of torch.nn that is made inside forward draws its weights there.
    Link("forbidden-api", "state-global", about=_random),
    # One leak shows in every call that is made again.
    Link("state-global", "state-global", about=is_a(calls.DoesNotRepeat)),
    # Two calls differ anyway, so what was changed between them is not the reason.
    Link("state-global", "batch-mixing"),
    Link("state-global", "not-causal"),
    # Each layer has its part of the state: other layers, other parts.
    Link("layer-count", "state-shape", about=_made),
    Link("layer-count", "state-incomplete", about=_made),
    # What has another shape does not fit.
    Link("state-shape", "hardcoded-shape", about=_does_not_fit),
    Link("state-shape", "crash", about=_does_not_fit),
    Link("hardcoded-shape", "hardcoded-shape", about=_does_not_fit),
    Link("params-shape", "crash", about=_does_not_fit),
    # A network that runs backwards in time is seen by its numbers and by its influences.
    Link("not-causal", "not-causal"),
    # Of two layers with one state, one takes the other's as its own, and reads none of its own.
    Link("shared-state", "wrong-recurrence"),
    Link("shared-state", "no-recurrence", "same layer"),
    # What two layers share is made once. That a part is not given back is a fault of its own.
    Link("shared-state", "state-incomplete", "same layer", about=_made),
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
    Link("wrong-cell", "state-incomplete", "same layer", about=_made),
    # A gate in another one's place gives a product that is none of the cell's.
    Link("gate-missing", "cell-update", "same layer", because=is_a(networks.NeverUsed)),
    # A gate that is not computed needs no weights; those of one that is not applied are idle.
    Link("gate-missing", "params-missing", "same gate"),
    Link("gate-missing", "unused-parameter"),
    # The weight that belongs where another is used lies idle.
    Link("wrong-weight", "unused-parameter"),
    # In one step alone a state that is not the given one looks like none at all.
    Link("no-recurrence", "no-recurrence", because=is_a(states.OwnStart)),
    Link("no-recurrence", "cell-update", because=is_a(states.OwnStart), about=_old_state),
    # Without the old state there is no recurrent term and no use for its weights.
    Link("no-recurrence", "missing-term", "same layer", about=_recurrent_weight),
    Link("no-recurrence", "params-missing", "same layer", about=_recurrent_weight),
    Link("no-recurrence", "unused-parameter"),
    # A term that is left out needs no weight, and leaves one idle that is there.
    Link("missing-term", "params-missing", "same gate"),
    Link("missing-term", "unused-parameter"),
    # Where nothing new comes back, each part is missing.
    Link("state-not-returned", "state-not-returned"),
    Link("state-not-returned", "state-incomplete", about=is_a(states.LostState)),
)


def linked(found: Iterable[tuple[Finding, Diagnosis]]) -> tuple[Diagnosis, ...]:
    """Say of each diagnosis which root cause before it brings it about, if one does."""
    told: list[tuple[Finding, Diagnosis]] = []
    for finding, diagnosis in found:
        cause = _cause(told, finding)
        told.append((finding, replace(diagnosis, follows_from=cause)))
    return tuple(diagnosis for _, diagnosis in told)


def follows_its_like(finding: Finding) -> bool:
    """Return whether another finding of the same code may bring this one about."""
    likes = (link for link in LINKS if link.cause == link.code == finding.code)
    return any(
        _holds(link.about, finding) and not (link.because and link.because(finding.fact))
        for link in likes
        if link.about or link.because
    )


def _cause(earlier: list[tuple[Finding, Diagnosis]], finding: Finding) -> int | None:
    """The number of the root cause; what follows from a consequence follows from its cause."""
    for number, (one, diagnosis) in enumerate(earlier, start=1):
        if any(_applies(link, one, finding) for link in LINKS):
            return diagnosis.follows_from or number
    return None


def _applies(link: Link, cause: Finding, finding: Finding) -> bool:
    codes = (cause.code, finding.code) == (link.cause, link.code)
    kinds = codes and _holds(link.about, finding) and _holds(link.because, cause)
    return kinds and _lies(link.where, cause, finding)


def _holds(test: Test | None, finding: Finding) -> bool:
    return test is None or test(finding.fact)


def _lies(where: Where, cause: Finding, finding: Finding) -> bool:
    """Whether two places lie so; a layer that is not known lies nowhere."""
    if where == "anywhere":
        return True
    if cause.layer is None or finding.layer is None:
        return False
    if where == "layer above":
        return finding.layer > cause.layer
    return finding.layer == cause.layer and (where == "same layer" or finding.gate == cause.gate)
