"""What a repository installs: the very versions that are installed here."""

from __future__ import annotations

from importlib.metadata import version

#: torch's builds without CUDA; pip takes the newest of equal versions, which is such a build.
CPU_INDEX = "https://download.pytorch.org/whl/cpu"
_OWN = "pytest-deeprnn"
_DRAWING = ("torch", "hypothesis")  # the numbers and the cases depend on them


def pins(own: str = "") -> list[str]:
    """The requirements, each for pip; `own` stands for this package where it is given."""
    return [*(f"{name}=={_plain(name)}" for name in _DRAWING), own or f"{_OWN}=={_plain(_OWN)}"]


def _plain(name: str) -> str:
    """A version as an index has it: without the mark of a local build, as in 2.13.0+cpu."""
    return version(name).partition("+")[0]
