"""Checks deep RNN, GRU and LSTM networks that learners write from scratch in PyTorch."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_deeprnn.frontends.notebook.check import check as check

__all__ = ["check"]


def __getattr__(name: str) -> object:
    """Import `check` when it is asked for: it needs torch, and every pytest run imports this."""
    if name != "check":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from pytest_deeprnn.frontends.notebook.check import check

    return check
