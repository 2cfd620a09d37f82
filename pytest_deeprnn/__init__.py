"""Checks deep RNN, GRU and LSTM networks that learners write from scratch in PyTorch."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    __version__: str
    from pytest_deeprnn.frontends.notebook.check import check as check

__all__ = ["__version__", "check"]


def __getattr__(name: str) -> object:
    """Import what is asked for: `check` needs torch, and every pytest run imports this module.

    The version stands in pyproject.toml alone.
    """
    if name == "__version__":
        from importlib.metadata import version

        return version("pytest-deeprnn")
    if name != "check":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from pytest_deeprnn.frontends.notebook.check import check

    return check
