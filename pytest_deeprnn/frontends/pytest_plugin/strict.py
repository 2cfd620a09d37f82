"""--deeprnn-strict: nothing from where the submissions lie may take part in a run."""

from __future__ import annotations

import os
import site
import sys
import sysconfig
import tomllib
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from pytest_deeprnn.core.sanitize import line
from pytest_deeprnn.frontends.pytest_plugin.options import Options

_TOLD = "deeprnn-strict"
_REFUSAL = (
    "--deeprnn-strict: pytest has loaded {} from a submission's folder; "
    "start pytest elsewhere, or use deeprnn grade"
)


class Strict:
    """Looks at what pytest has loaded, before the submissions and once all is collected."""

    def __init__(self, config: pytest.Config, chosen: Options) -> None:
        self._config = config
        self._trees = submitted(chosen)

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionstart(self) -> None:
        """Ini, conftests, plugins, and modules that stand where others were meant."""
        refuse(self._trees, [*_ini(self._config.inipath), *self._plugins(), *_imported()])

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Conftests that were found with an instructor's own tests."""
        try:
            refuse(self._trees, self._plugins())
        except pytest.UsageError as error:
            if not hasattr(self._config, "workerinput"):
                raise
            self._config.workeroutput[_TOLD] = str(error)  # type: ignore[attr-defined]  # xdist's
            items.clear()

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Say what an xdist worker has found: only the controller's errors are told in one line."""
        told = getattr(node, "workeroutput", {}).get(_TOLD)
        if told:
            raise pytest.UsageError(told)

    def _plugins(self) -> Iterator[Path]:
        return files_of(self._config.pluginmanager.get_plugins())


def submitted(chosen: Options) -> list[Path]:
    """The folders that were named, those of the files that were named, and the submissions' own."""
    named = [path if path.is_dir() else path.parent for path in chosen.named]
    own = [Path(one.path).parent for one in chosen.submissions]
    outer = [Path(one.folder) for one in chosen.submissions if one.folder is not None]
    return list(dict.fromkeys([*named, *own, *outer]))


def refuse(trees: Iterable[Path], loaded: Iterable[Path]) -> None:
    """Raise pytest.UsageError, in one line, for the first file that lies in one of the trees."""
    roots, installed = _both_ways(trees), _both_ways(_installed())
    for path in loaded:
        if not _is_below({_plain(path)}, installed) and _is_below(_both_ways([path]), roots):
            raise pytest.UsageError(line(_REFUSAL.format(path)))


def files_of(modules: Iterable[object]) -> Iterator[Path]:
    """The modules' files.

    A namespace package has none: its folder was looked through, and nothing in it was run. Some
    of torch's modules give a bare name, which is no place.
    """
    for module in modules:
        if isinstance(module, ModuleType):
            file = vars(module).get("__file__")  # getattr would wake modules that load late
            if isinstance(file, str) and Path(file).is_absolute():
                yield Path(file)


def _imported() -> Iterator[Path]:
    """All modules but the script that pytest was started by: .venv/bin/pytest may lie there."""
    return files_of([module for name, module in sys.modules.items() if name != "__main__"])


def _ini(path: Path | None) -> list[Path]:
    """The ini, if it says anything: a pyproject.toml without pytest's table only marks a root."""
    return [] if path is None or _is_mark(path) else [path]


def _is_mark(path: Path) -> bool:
    if path.name != "pyproject.toml":
        return False
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return "pytest" not in table.get("tool", {})


def _installed() -> list[Path]:
    """This project's packages, and where the interpreter that runs has its library and packages.

    All of it may lie below a submission: student.py at the root, .venv/lib and so on beneath.
    """
    names = ("stdlib", "platstdlib", "purelib", "platlib")
    library = [sysconfig.get_path(name) for name in names]
    user = [site.getusersitepackages()] if site.ENABLE_USER_SITE else []
    places = (*library, *site.getsitepackages(), *user)
    own = [str(files(name)) for name in ("pytest_deeprnn", "pytest_deeprnn.exercises")]
    return [Path(place) for place in (*own, *places)]


def _both_ways(paths: Iterable[Path]) -> set[Path]:
    """The paths as they are written, and where their links lead."""
    return {form for path in paths for form in (_plain(path), path.resolve())}


def _plain(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100  # .absolute() leaves .. inside


def _is_below(paths: set[Path], roots: set[Path]) -> bool:
    return any(not roots.isdisjoint(path.parents) for path in paths)
