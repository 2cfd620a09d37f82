"""Evidence for a root cause, as checks and experiments hand it to the diagnosis."""

from __future__ import annotations

from dataclasses import dataclass

from pytest_deeprnn.core.codes import ORDER
from pytest_deeprnn.core.facts.fact import Fact, as_fact
from pytest_deeprnn.core.function_roles import FunctionRole
from pytest_deeprnn.core.report import Gate


@dataclass(frozen=True)
class Place:
    """Where in the submission: a piece of its source and a line, both None where unknown.

    `text` is the line itself, where the file cannot be read as a whole.
    """

    filename: str | None = None
    line: int | None = None
    text: str | None = None


class UnknownCode(ValueError):
    """A finding names a root cause that nobody has described."""


@dataclass(frozen=True)
class Finding:
    """Evidence for a root cause: its code, and what was measured, which hooks may say in words.

    `function` is the one of the contract's functions that it concerns, where that is known;
    a `fallback` says only where the trouble begins and yields to any other finding; `leaf` is
    the tensor that it is about, as in `params[3]`, and `called` the line in which it shows, which
    stands for the cause where no better one is found; `mutation` names the change that does
    the same to the reference, if one is known, and `equation` the line of the reference that it
    changes first.
    """

    code: str
    measured: Fact | str
    layer: int | None = None
    gate: Gate = "none"
    place: Place = Place()
    exact: bool = False
    function: FunctionRole | None = None
    fallback: bool = False
    leaf: str = ""
    called: Place = Place()
    mutation: str = ""
    equation: str = ""

    def __post_init__(self) -> None:
        if self.code not in ORDER:
            raise UnknownCode(f"no root cause is called {self.code!r}")

    @property
    def fact(self) -> Fact:
        """What was measured."""
        return as_fact(self.measured)

    @property
    def detail(self) -> str:
        """What was measured, as a clause in English."""
        return self.fact.said()
