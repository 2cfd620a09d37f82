"""What an instructor may add, as pluggy hooks: checks, mutations, and outputs.

An exercise's folder may hold a `hooks.py`, and an installed package may name a module under the
entry point group `deeprnn`; in both, functions marked with `hookimpl` take part.
"""

from __future__ import annotations

import functools
import linecache
from collections.abc import Sequence
from types import ModuleType
from typing import TYPE_CHECKING

import pluggy

from pytest_deeprnn.core import codes
from pytest_deeprnn.core.codes import Code
from pytest_deeprnn.core.hook_files import FILE, GROUP

if TYPE_CHECKING:  # a hook that adds an output does not pay for torch
    from pytest_deeprnn.grading.extensions.checks import AddedCheck
    from pytest_deeprnn.mutations.extra import CellMutation
    from pytest_deeprnn.reporting.formats.output import Output

hookspec = pluggy.HookspecMarker(GROUP)
hookimpl = pluggy.HookimplMarker(GROUP)


class BadHooks(Exception):
    """Hooks that cannot be loaded; the text is one line and says why."""


class Specs:
    """The hooks; each is asked once in a process, and gives what it adds."""

    @hookspec
    def deeprnn_checks(self) -> Sequence[AddedCheck]:  # type: ignore[empty-body]  # a specification
        """Checks to be had beside the packaged ones; exercise.toml gives points by their ids."""

    @hookspec
    def deeprnn_mutations(self) -> Sequence[CellMutation]:  # type: ignore[empty-body]  # a specification
        """Faults of a cell's equations, to be looked for where a layer is not the one asked for."""

    @hookspec
    def deeprnn_codes(self) -> Sequence[Code]:  # type: ignore[empty-body]  # a specification
        """Root causes that findings of these checks and mutations name, with their texts."""

    @hookspec
    def deeprnn_outputs(self) -> Sequence[Output]:  # type: ignore[empty-body]  # a specification
        """Forms of reports that a run can be asked for by their names."""


class Added:
    """All that the hooks of an exercise and of installed packages add."""

    def __init__(self, manager: pluggy.PluginManager) -> None:
        self._hook = manager.hook

    @functools.cached_property
    def checks(self) -> dict[str, AddedCheck]:
        """The checks, by their ids."""
        return {one.id: one for some in self._hook.deeprnn_checks() for one in some}

    @functools.cached_property
    def mutations(self) -> tuple[CellMutation, ...]:
        """The mutations of all cells."""
        return tuple(one for some in self._hook.deeprnn_mutations() for one in some)

    @functools.cached_property
    def outputs(self) -> tuple[Output, ...]:
        """The outputs."""
        return tuple(one for some in self._hook.deeprnn_outputs() for one in some)


@functools.lru_cache(maxsize=32)
def added(text: str) -> Added:
    """Load the hooks of installed packages, and those of an exercise, given as their text.

    Raises BadHooks where they raise.
    """
    manager = pluggy.PluginManager(GROUP)
    manager.add_hookspecs(Specs)
    try:
        manager.load_setuptools_entrypoints(GROUP)
        if text:
            manager.register(_module(text), FILE)
        manager.check_pending()
        for code in (one for some in manager.hook.deeprnn_codes() for one in some):
            codes.register(code)
    except Exception as error:  # it is the instructor's code
        raise BadHooks(f"{FILE}: {type(error).__name__}: {error}") from error
    return Added(manager)


def _module(text: str) -> ModuleType:
    """The module of a text, which may have come from another machine."""
    name = f"<{FILE}>"
    linecache.cache[name] = (len(text), None, text.splitlines(keepends=True), name)
    module = ModuleType("deeprnn_hooks")
    module.__file__ = name
    exec(compile(text, name, "exec"), vars(module))  # the instructor's own, as a conftest.py is
    return module
