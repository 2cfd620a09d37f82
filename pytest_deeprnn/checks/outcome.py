"""What a check says, before points are given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from pytest_deeprnn.core.facts.fact import Fact
from pytest_deeprnn.core.finding import Finding
from pytest_deeprnn.core.function_roles import FunctionRole
from pytest_deeprnn.core.phrasing import sentence
from pytest_deeprnn.core.report import Example
from pytest_deeprnn.measurement.traces import Traces
from pytest_deeprnn.sandbox.protocol.messages import Frame


@dataclass(frozen=True)
class Passed:
    """All is as it should be; `note` says what convention was found.

    `left_out` counts the cases that say nothing.
    """

    note: Fact | str = ""
    left_out: int = 0


@dataclass(frozen=True)
class Failed:
    """Something is wrong: what was measured, which hooks say in words, and what it points to.

    `frames` are the student's lines that were being run, where their code raised.
    """

    told: Fact | str
    findings: tuple[Finding, ...] = ()
    example: Example | None = None
    observed: bool = False
    frames: tuple[Frame, ...] = ()

    @property
    def message(self) -> str:
        """What is wrong, as a sentence in English."""
        return sentence(self.told.said()) if isinstance(self.told, Fact) else self.told


@dataclass(frozen=True)
class Blocked:
    """Nothing can be said, because other checks did not pass."""

    by: tuple[str, ...]


Outcome = Passed | Failed | Blocked


@dataclass(frozen=True)
class Check:
    """One check.

    `needs` are the checks without which it says nothing; `home` is the contract's function whose
    exceptions are this check's own failure; `observed` says that a pass was seen from inside the
    student's process, at least in part, and not compared as numbers.
    """

    id: str
    run: Callable[[Traces], Outcome]
    needs: tuple[str, ...] = ()
    home: FunctionRole | Literal["load"] | None = None
    observed: bool = False
