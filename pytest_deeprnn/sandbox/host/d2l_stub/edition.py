"""The modules under whose names the book's package is imported, while a submission runs."""

from __future__ import annotations

import ast
import contextlib
import importlib.util
import sys
import types
from collections.abc import Callable, Iterator
from typing import Any

import torch

from pytest_deeprnn.sandbox.host.d2l_stub import callers, names, networks
from pytest_deeprnn.sandbox.protocol.messages import Load

#: The first names of all editions that are written for torch, or imported beside it.
PACKAGES = ("d2l", "d2lzh_pytorch", "d2lzh")
_NUMPY = ["np"] if importlib.util.find_spec("numpy") else []
_STAR = [name for name in (*names.NAMES, "torch", "d2l", *_NUMPY) if not name.startswith("_")]


class Edition(types.ModuleType):
    """One such module: its names are found when they are asked for."""

    def __getattr__(self, name: str) -> Any:
        """Find a name; AttributeError where the package has none such."""
        return names.find(name)


def _editions() -> dict[str, Edition]:
    """Make them: `d2l` with `d2l.torch` in it, and two packages with `utils` in each."""
    made: dict[str, Edition] = {}
    for package in PACKAGES:
        inner = "torch" if package == "d2l" else "utils"
        outer, chapter = Edition(package), Edition(f"{package}.{inner}")
        vars(outer).update({"__path__": [], inner: chapter})
        for module in (outer, chapter):
            vars(module).setdefault("torch", torch)
            vars(module).update({"d2l": module, "__all__": _STAR})
            made[module.__name__] = module
    vars(made["d2l"])["__all__"] = []  # its torch would hide the real one
    return made


_ALL = (callers.MODULE, *_editions())


class Book:
    """The package as one submission sees it; `taken` hears which of its networks are used."""

    def __init__(self, taken: Callable[[str], None]) -> None:
        self._taken = taken
        self._modules: dict[str, types.ModuleType] = {}
        self._own_files: set[str] = set()

    def serve(self, request: Load) -> None:
        """Serve this submission; a module of the same name beside it goes first."""
        units = {unit.filename for unit in request.units}
        self._own_files = units | {helper.filename for helper in request.helpers}
        beside = {helper.name for helper in request.helpers}
        everything = {callers.MODULE: callers.module(), **_editions()}
        self._modules = {name: one for name, one in everything.items() if name not in beside}
        self._place()

    def covers(self, statement: ast.Import | ast.ImportFrom) -> bool:
        """Whether an import is one of the package; a copy beside the file that failed gives way."""
        named = [statement.module] if isinstance(statement, ast.ImportFrom) else []
        named += [alias.name for alias in statement.names if isinstance(statement, ast.Import)]
        if not all(name is not None and name.split(".")[0] in PACKAGES for name in named):
            return False
        self._modules.update(_editions())
        self._place()
        return True

    @contextlib.contextmanager
    def open(self, loading: bool) -> Iterator[None]:
        """Let the package be imported, instead of one that is installed.

        What is done while a file is loaded need not be done for its three functions.
        """
        before = {name: sys.modules.get(name) for name in _ALL}
        self._place()
        try:
            with contextlib.nullcontext() if loading else networks.heard(self._taken):
                yield
        finally:
            for name in self._modules:
                installed = before[name]
                if installed is None:
                    sys.modules.pop(name, None)
                else:
                    sys.modules[name] = installed

    def _place(self) -> None:
        sys.modules.update(self._modules)
        callers.own_files = self._own_files
