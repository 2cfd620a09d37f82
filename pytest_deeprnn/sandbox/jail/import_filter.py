"""Says that a module may not be imported here as Python says that there is none."""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
import types
from collections.abc import Sequence


class Barred(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Takes the place of the loaders that could not read their files."""

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,
        target: types.ModuleType | None = None,
    ) -> importlib.machinery.ModuleSpec | None:
        """Find a module that is installed and may not be read; None leaves others to Python."""
        spec = importlib.machinery.PathFinder.find_spec(fullname, path, target)
        if spec is None or spec.origin is None or not spec.has_location:
            return None
        try:
            with open(spec.origin, "rb"):  # noqa: PTH123  # once for each import: pathlib is slow
                return None
        except PermissionError:
            return importlib.machinery.ModuleSpec(fullname, self, origin=spec.origin)
        except OSError:
            return None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        """Raise ModuleNotFoundError, which code that can do without a module expects."""
        told = f"No module named {spec.name!r} among those that may be imported here"
        raise ModuleNotFoundError(told, name=spec.name)


def bar() -> None:
    """Ask this finder before Python's own."""
    sys.meta_path.insert(0, Barred())
