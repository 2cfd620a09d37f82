"""What the learner calls things: the names that tensors and gates have in the submission."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from pytest_deeprnn.core.facts.fact import Fact, Phrase
from pytest_deeprnn.core.facts.networks import GateCalled
from pytest_deeprnn.measurement.alignment.cells import GATES
from pytest_deeprnn.measurement.recording.recording import Recording
from pytest_deeprnn.measurement.recording.source_lines import statements_at
from pytest_deeprnn.sandbox.protocol.messages import Bound, Step
from pytest_deeprnn.submission.prepare import Prepared

_SUBSCRIPTS = {word: sub for gates in GATES.values() for sub, word in gates.items()}
_SQUASHING = ("sigmoid", "tanh", "relu", "sigmoid_", "tanh_", "relu_")


@dataclass(frozen=True)
class OwnNames:
    """The learner's variable for a tensor by its path, and for a gate by layer and subscript."""

    tensors: dict[str, str] = field(default_factory=dict)
    gates: dict[tuple[int, str], str] = field(default_factory=dict)

    def of(self, path: str) -> str:
        """A tensor's name, or else its path, which may hold the learner's own key."""
        return self.tensors.get(path, path)

    def told(self, path: str) -> str:
        """Return what a sentence calls a tensor: its name with its path, or its path alone."""
        own = self.tensors.get(path)
        return path if own is None else f"{own} ({path})"

    def gates_in(self, fact: Fact, layer: int | None) -> tuple[GateCalled, ...]:
        """Return what the gates that a fact is about are called in a layer."""
        english = fact.said()
        return tuple(
            GateCalled(own, Phrase(word))
            for word, subscript in _SUBSCRIPTS.items()
            if f"{word} gate" in english and (own := self.gates.get((layer or 0, subscript)))
        )


def alike(name: str, other: str) -> int:
    """How many letters and digits two names have in common."""
    return (Counter(name) & Counter(other)).total()


def own_names(recording: Recording, prepared: Prepared) -> OwnNames:
    """The names in a recorded call of forward."""
    alignment = recording.alignment
    if alignment is None:
        return OwnNames()
    prints = alignment.sensitivities
    paths = [f"params{leaf.path}" for leaf in prints.params.floats]
    paths += [f"state{leaf.path}" for leaf in prints.state.floats]
    known = zip(paths, recording.recorded.names, strict=False)
    tensors = {path: name for path, name in known if name.strip("_")}
    first = dict(_first_names(recording, prepared))
    states = range(len(prints.params.floats), len(paths))
    tensors |= {paths[leaf]: first[leaf] for leaf in states if leaf in first}
    return OwnNames(tensors=tensors, gates=dict(_gates(recording, prepared)))


def _first_names(recording: Recording, prepared: Prepared) -> Iterator[tuple[int, str]]:
    """The name that a whole leaf of parameters or state was given first, by the leaf's number."""
    leaves: dict[tuple[int, ...], int] = {}
    start = 0
    for number, tensor in enumerate((*recording.call.theta, *recording.call.old)):
        leaves[tuple(range(start, start + tensor.numel()))] = number
        start += tensor.numel()
    for step in recording.steps:
        for read in step.reads:
            names = [bound.name for bound in read.bound if _binds(prepared, bound)]
            if read.elements in leaves and names:
                yield leaves[read.elements], names[0]


def _binds(prepared: Prepared, bound: Bound) -> bool:
    """Whether a line gives this name to a value."""
    return any(
        isinstance(node, ast.Name) and node.id == bound.name and isinstance(node.ctx, ast.Store)
        for statement in statements_at(prepared, bound.frame)
        for node in ast.walk(statement)
    )


def _gates(recording: Recording, prepared: Prepared) -> Iterator[tuple[tuple[int, str], str]]:
    """The variable that a gate's squashed sum is assigned to."""
    for number, layer in enumerate(recording.layers, start=1):
        for subscript in GATES[layer.found.cell]:
            for step in recording.giving(recording.sums(number, subscript)):
                squashed = [one for one in recording.after(step) if one.operation in _SQUASHING]
                for one in squashed[:1]:
                    for name in assigned(prepared, one):
                        yield (number, subscript), name


def assigned(prepared: Prepared, step: Step) -> Iterator[str]:
    """The variable that the line of an operation assigns to."""
    for statement in statements_at(prepared, step.frames[-1]):
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)]):
                yield name
