"""Puts a worker into the jail, and tells what holds."""

from __future__ import annotations

import contextlib
import importlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_deeprnn.sandbox.jail import capabilities, filesystem, landlock, seccomp
from pytest_deeprnn.sandbox.jail import import_filter as imports_
from pytest_deeprnn.sandbox.jail.missing import Missing
from pytest_deeprnn.sandbox.jail.rlimits import LIMITS
from pytest_deeprnn.sandbox.protocol.messages import Protection

if TYPE_CHECKING:
    from landlock import Ruleset

#: What the jail holds beside the limits, each with the mechanism that it needs.
_PRIVILEGES = ("privileges",)
_FILES = ("reading", "writing")
_CALLS = ("network", "processes", "signals")
_KEPT_ENVIRONMENT = (
    *("LANG", "LC_ALL", "TZ"),
    *("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"),
)
_OF_THE_PLACE = ("HOME", "TMPDIR", "TORCHINDUCTOR_CACHE_DIR")
_MECHANISMS = ("landlock", "pyprctl", "pyseccomp")
#: How a mechanism says that it is not there: not installed, unknown to the kernel, or refused.
_NOT_THERE = (Missing, ImportError, OSError, RuntimeError, ValueError)


class Jail:
    """What the workers of one zygote share: the files that may be read, looked up once."""

    def __init__(self) -> None:
        self._rules: dict[tuple[str, ...], Ruleset | Missing] = {}
        for package in _MECHANISMS:  # once, instead of in each worker; who needs it will tell
            with contextlib.suppress(*_NOT_THERE):
                importlib.import_module(package)

    def prepare(self, imports: tuple[str, ...]) -> None:
        """Look up what may be read where these modules may be imported; before the fork."""
        if imports in self._rules:
            return
        try:
            self._rules[imports] = landlock.rules(imports)
        except _NOT_THERE as error:
            self._rules[imports] = Missing(_reason(error))

    def enter(self, imports: tuple[str, ...], place: Path) -> tuple[Protection, ...]:
        """Hold this process to all that can be held here; it works in `place` from now on."""
        held = limits()
        has_quota = not _hindrance(lambda: filesystem.mount(place))
        settle(place)
        own = place if has_quota else None  # without a quota nothing at all may be written
        held += _told(_PRIVILEGES, capabilities.drop)
        held += _told(_CALLS, seccomp.refuse)
        # last: from here on no package is found that was not imported before
        held += _told(_FILES, lambda: landlock.confine(self._ruleset(imports), own))
        self._close()
        imports_.bar()
        return held

    def _close(self) -> None:
        """Let go of the rules: whoever holds them could add to those of the workers after it."""
        for rules in self._rules.values():
            if not isinstance(rules, Missing):
                os.close(rules._fd)

    def _ruleset(self, imports: tuple[str, ...]) -> Ruleset:
        rules = self._rules[imports]
        if isinstance(rules, Missing):
            raise rules
        return rules


def limits() -> tuple[Protection, ...]:
    """Hold this process to the limits on what it may use up."""
    return tuple(one for name, limit in LIMITS.items() for one in _told((name,), limit))


def without(reason: str) -> tuple[Protection, ...]:
    """All that a jail holds, as not held."""
    return _as_told((*_PRIVILEGES, *_FILES, *_CALLS), reason)


def settle(place: Path) -> None:
    """Work in this folder, with no variables of the environment but what a calculation needs."""
    os.chdir(place)
    kept = {name: value for name, value in os.environ.items() if name in _KEPT_ENVIRONMENT}
    os.environ.clear()
    os.environ.update(kept | dict.fromkeys(_OF_THE_PLACE, str(place)))
    tempfile.tempdir = str(place)


def _told(names: tuple[str, ...], step: Callable[[], object]) -> tuple[Protection, ...]:
    return _as_told(names, _hindrance(step))


def _as_told(names: tuple[str, ...], hindrance: str) -> tuple[Protection, ...]:
    return tuple(Protection(name=name, hindrance=hindrance) for name in names)


def _hindrance(step: Callable[[], object]) -> str:
    """Why a step could not be done, in one line; "" where it was."""
    try:
        step()
    except _NOT_THERE as error:
        return _reason(error)
    return ""


def _reason(error: BaseException) -> str:
    lines = str(error).splitlines()
    return lines[0] if lines else type(error).__name__
