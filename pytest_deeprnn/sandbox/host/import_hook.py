"""Imports modules that stand beside a submission from their texts: no folder need be readable."""

from __future__ import annotations

import ast
import importlib.abc
import importlib.machinery
import importlib.util
import linecache
import sys
import types
from collections.abc import Sequence

from pytest_deeprnn.sandbox.host.d2l_stub.callers import replaced
from pytest_deeprnn.sandbox.protocol.messages import Helper


class Helpers(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    """Finds and loads modules whose texts were sent along with the submission.

    They are importable by their names and, for a main file that says `from .cells import forward`,
    in a package that stands for the folder of that file.
    """

    def __init__(self, helpers: tuple[Helper, ...], package: str) -> None:
        plain = {helper.name: helper for helper in helpers}
        self._helpers = {**plain, **{f"{package}.{name}": one for name, one in plain.items()}}

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,
        target: types.ModuleType | None = None,
    ) -> importlib.machinery.ModuleSpec | None:
        """Say how a module is loaded, None where it is not one of these."""
        helper = self._helpers.get(fullname)
        if helper is None:
            return None
        spec = importlib.util.spec_from_loader(
            fullname, self, origin=helper.filename, is_package=helper.is_package
        )
        if spec is not None:
            spec.has_location = True  # gives the module its __file__
        return spec

    def get_source(self, fullname: str) -> str:
        """The text of a module; ImportError where it is not one of these."""
        if fullname not in self._helpers:
            raise ImportError(f"no module named {fullname!r} beside the submission")
        return self._helpers[fullname].text

    def is_package(self, fullname: str) -> bool:
        """Whether other modules stand in it."""
        return self._helpers[fullname].is_package

    def get_code(self, fullname: str) -> types.CodeType:
        """A module's code, under the file's name, without what is left unrun of it."""
        helper, text = self._helpers[fullname], self.get_source(fullname)
        lines = text.splitlines(keepends=True)
        linecache.cache[helper.filename] = (len(text), None, lines, helper.filename)
        tree = replaced(ast.parse(text, helper.filename))
        left_out = set(helper.left_out)
        tree.body = [one for number, one in enumerate(tree.body) if number not in left_out]
        code: types.CodeType = compile(tree, helper.filename, "exec", dont_inherit=True)
        return code

    @property
    def names(self) -> set[str]:
        """The modules that it can load."""
        return set(self._helpers)


def install(helpers: tuple[Helper, ...], package: str) -> None:
    """Make these importable, anew, and none that were sent before; `package` is their folder."""
    for finder in [one for one in sys.meta_path if isinstance(one, Helpers)]:
        sys.meta_path.remove(finder)
        for name in finder.names:
            sys.modules.pop(name, None)
    folder = types.ModuleType(package)
    folder.__path__ = []
    sys.modules[package] = folder
    if helpers:
        sys.meta_path.append(Helpers(helpers, package))
