"""The interpreters that are started here: cut off from the caller's folder and variables."""

from __future__ import annotations

import os
import site
from pathlib import Path

_KEPT = (
    "PATH",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "LD_LIBRARY_PATH",
    "TMPDIR",
    "TZ",
    "CUDA_VISIBLE_DEVICES",
)


def isolation() -> list[str]:
    """-I, or without its -s where the package is installed for this user only."""
    return ["-E", "-P"] if _for_user() else ["-I"]


def environment(*more: str) -> dict[str, str]:
    """What is kept of the environment: a short list, and what else is named here."""
    return {name: os.environ[name] for name in (*_KEPT, *more) if name in os.environ}


def _for_user() -> bool:
    here = Path(__file__).resolve()
    return bool(site.ENABLE_USER_SITE) and Path(site.getusersitepackages()) in here.parents
