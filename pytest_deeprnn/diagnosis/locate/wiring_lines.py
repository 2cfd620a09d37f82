"""The line in which a layer's input, its old state or the output's input was chosen."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pytest_deeprnn.diagnosis.locate.definition_site import Choice, around, chosen
from pytest_deeprnn.diagnosis.locate.operands import joins, multiplies, operand
from pytest_deeprnn.measurement.recording.recording import Recording
from pytest_deeprnn.measurement.recording.source_lines import statements_at
from pytest_deeprnn.sandbox.protocol.messages import Bound, Frame, Read, Step
from pytest_deeprnn.submission.prepare import Prepared

Part = Literal["input", "state"]
_PARTS = (ast.Subscript,)
_ANY = (ast.Name, ast.Subscript, ast.IfExp)


@dataclass(frozen=True)
class _Source:
    """What a step reads at a position."""

    step: Step
    position: int
    read: Read


def wired(
    prepared: Prepared, recording: Recording, step: Step, layer: int, part: Part
) -> Frame | None:
    """Where the value that a step multiplies was chosen, None where its operand is not seen.

    It was chosen where it is written as more than a name, where a line gave it that name, or
    else where it is passed on.
    """
    kinds = _ANY if part == "input" else _PARTS
    for source in _wanted(_sources(recording, step, set()), part):
        frames = source.step.frames
        expression = operand(prepared, recording.steps, source.step, source.position)
        if expression is None:
            continue
        choice = chosen(prepared, frames, expression)
        named = _named(prepared, source.read, choice, kinds)
        if named is not None:
            return named
        if choice.depth < len(frames) - 1 or not isinstance(choice.expression, ast.Name):
            return choice.frame
        return recording.call_site(step, layer)
    return None


def collected(prepared: Prepared, recording: Recording, step: Step) -> Frame | None:
    """Where the rows were put into a list that a step reads as one tensor."""
    for read in step.reads:
        made = recording.steps[read.step] if read.step >= 0 else None
        while made is not None and made.operation not in ("stack", "cat", "vstack"):
            before = [one.step for one in made.reads if one.step >= 0]
            made = recording.steps[before[0]] if len(before) == 1 else None
        if made is not None:
            place = _appended(prepared, made.frames[-1])
            if place is not None:
                return place
    return None


def paired(prepared: Prepared, step: Step) -> Frame | None:
    """The head of a loop that gives what a step reads: `for X, H in zip(inputs, states)`."""
    for read in step.reads:
        for bound in reversed(read.bound):
            if any(isinstance(one, ast.For) for one in statements_at(prepared, bound.frame)):
                return bound.frame
    return None


def _appended(prepared: Prepared, frame: Frame) -> Frame | None:
    """The line `rows.append(h)` for a line that joins `rows`."""
    names = {
        node.args[0].id
        for statement in statements_at(prepared, frame)
        for node in ast.walk(statement)
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Name)
    }
    function = around(prepared, frame)
    for node in [] if function is None else ast.walk(function):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="append")):
                if name in names:
                    return Frame(frame.filename, node.lineno, frame.function)
    return None


def _sources(recording: Recording, step: Step, seen: set[int]) -> list[_Source]:
    """What a step reads besides weights, through what puts tensors side by side."""
    seen.add(id(step))
    found: list[_Source] = []
    for position, read in enumerate(step.reads):
        made = recording.steps[read.step] if read.step >= 0 else None
        if recording.is_weight(read):
            # One of the inputs' rows is a single one, so its product is a row of the weight.
            if made is not None and multiplies(made) and any(one.inputs for one in made.reads):
                found += [] if id(made) in seen else _sources(recording, made, seen)
        elif made is not None and joins(made):
            found += [_Source(made, number, one) for number, one in enumerate(made.reads)]
        else:
            found.append(_Source(step, position, read))
    return found


def _wanted(sources: list[_Source], part: Part) -> Iterator[_Source]:
    """The input or the old state first; state stands behind the input where neither is old."""
    old = [source for source in sources if source.read.elements]
    new = [source for source in sources if not source.read.elements]
    yield from (*new, *old) if part == "input" else (*old, *reversed(new))


def _named(
    prepared: Prepared, read: Read, choice: Choice, kinds: tuple[type[ast.expr], ...]
) -> Frame | None:
    """The last line that only gave a value the name that it is read by."""
    if not isinstance(choice.expression, ast.Name):
        return None
    for bound in reversed(read.bound):
        here = bound.frame.function == choice.frame.function
        if read.inputs and not _chooses(prepared, bound):  # the lowest layer needs that name too
            continue
        if here and bound.name == choice.expression.id and renames(prepared, bound, kinds):
            return bound.frame
    return None


def _chooses(prepared: Prepared, bound: Bound) -> bool:
    """Whether a line gives a name to one of two values: `x = a if k else b`."""
    return any(
        isinstance(statement, ast.Assign) and isinstance(statement.value, ast.IfExp)
        for statement in statements_at(prepared, bound.frame)
    )


def renames(prepared: Prepared, bound: Bound, kinds: tuple[type[ast.expr], ...]) -> bool:
    """Whether a line only gives a name: `x = c`, `x = hs[k]`, or a loop over tensors.

    Of several names at once, `a, b = s[0], s[0]`, only where two of them are the same.
    """
    for statement in statements_at(prepared, bound.frame):
        match statement:
            case ast.For():
                return True
            case ast.Assign(targets=[ast.Name()], value=value):
                return isinstance(value, kinds)
            case ast.Assign(targets=[ast.Tuple()], value=ast.Tuple(elts=parts)):
                texts = [ast.unparse(part) for part in parts if isinstance(part, kinds)]
                return len(texts) > len(set(texts))
            case ast.Assign():
                return False
    return False
