"""Checks that an instructor adds: like the packaged ones, but on what a probe gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pytest_deeprnn.checks.outcome import Check, Outcome
from pytest_deeprnn.checks.registry import CHECKS
from pytest_deeprnn.grading.extensions.probe import Probe
from pytest_deeprnn.measurement.traces import Traces


@dataclass(frozen=True)
class AddedCheck:
    """A check by its id; `needs` are the ids of those without which it says nothing.

    `run` gives Passed, Failed or Blocked. What the student's code raises in it is a failure.
    """

    id: str
    run: Callable[[Probe], Outcome]
    needs: tuple[str, ...] = ("output-shape",)


def with_added(more: Mapping[str, AddedCheck]) -> dict[str, Check]:
    """All checks, the packaged ones first; ValueError where one needs what there is not."""
    found = dict(CHECKS)
    for one in more.values():
        lacking = set(one.needs) - found.keys()
        if one.id in CHECKS or lacking:
            why = f"needs {', '.join(sorted(lacking))}" if lacking else "is there already"
            raise ValueError(f"the check {one.id} {why}")
        found[one.id] = Check(one.id, _on_probe(one), one.needs)
    return found


def _on_probe(one: AddedCheck) -> Callable[[Traces], Outcome]:
    return lambda traces: one.run(Probe(traces))
