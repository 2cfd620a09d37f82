"""What an exception of the student's code says in words of its own."""

from __future__ import annotations

from pytest_deeprnn.sandbox.protocol.messages import Raised

_REFUSED = "NotGraded"


def refusal(raised: Raised, what: str) -> str:
    """The sentence where a worker refuses a function of torch by its name, "" where it does not."""
    return f"{what} calls {raised.message}" if raised.type == _REFUSED else ""
