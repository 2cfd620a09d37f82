"""Stands in for tqdm where it is not installed: a bar changes nothing that is computed."""

from __future__ import annotations

import ast
import types
from collections.abc import Iterable, Iterator
from typing import Any

_PACKAGE = "tqdm"
_BARS = ("tqdm", "tqdm_notebook", "trange", "tnrange")


class Bar:
    """What it is given, one after the other; it shows nothing."""

    def __init__(self, iterable: Iterable[Any] | None = None, *args: Any, **options: Any) -> None:
        self._iterable = () if iterable is None else iterable

    def __iter__(self) -> Iterator[Any]:
        """Go through what was given."""
        return iter(self._iterable)

    def __len__(self) -> int:
        """How much that is."""
        return len(self._iterable)  # type: ignore[arg-type]  # what has no length raises TypeError

    def __enter__(self) -> Bar:
        """A bar is closed at the end of a with statement, too."""
        return self

    def __exit__(self, *raised: object) -> None:
        """There is nothing to close."""

    def update(self, *args: Any, **options: Any) -> None:
        """Take any description, postfix or step."""

    close = refresh = reset = set_description = set_description_str = update
    set_postfix = set_postfix_str = clear = display = write = update


def bind(statement: ast.Import | ast.ImportFrom, module: types.ModuleType) -> bool:
    """Give the names of an import of tqdm; False for any other import."""
    modules = [statement.module or ""] if isinstance(statement, ast.ImportFrom) else []
    modules = modules or [alias.name for alias in statement.names]
    if any(name.split(".")[0] != _PACKAGE for name in modules):
        return False
    for alias in statement.names:
        found = _package() if isinstance(statement, ast.Import) else _bar(alias.name)
        setattr(module, alias.asname or alias.name.split(".")[0], found)
    return True


def _package() -> types.ModuleType:
    package = types.ModuleType(_PACKAGE)
    for name in _BARS:
        setattr(package, name, _bar(name))
    for name in ("auto", "notebook", "std", "autonotebook"):
        setattr(package, name, package)
    return package


def _bar(name: str) -> Any:
    if name in ("trange", "tnrange"):
        return lambda *sizes, **options: Bar(range(*sizes))
    return Bar
