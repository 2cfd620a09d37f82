"""Stands in for the book's own package where it is not installed.

Learners' files call d2l.zeros or d2l.try_gpu out of habit; most of its names are torch's own.
Source of the names: Dive into Deep Learning, the PyTorch edition of the d2l package.
"""

from __future__ import annotations

import ast
import types
from typing import Any

import torch

_BOOK = "d2l"


class Book(types.ModuleType):
    """The d2l package as far as torch itself serves for it."""

    def __getattr__(self, name: str) -> Any:
        """Find one of the package's short names; AttributeError where there is none here."""
        if name in _NAMES:
            return _NAMES[name]
        if name == "torch":
            return self
        if name.startswith("_") or not hasattr(torch, name):
            raise AttributeError(f"d2l is not installed here, and {name} is needed of it")
        return getattr(torch, name)


_NAMES: dict[str, Any] = {
    "concat": torch.cat,
    "try_gpu": lambda i=0: torch.device("cpu"),
    "try_all_gpus": lambda: [torch.device("cpu")],
    "reshape": lambda x, *shape: x.reshape(*shape),
    "transpose": lambda x: x.t(),
    "reduce_sum": lambda x, *args, **kwargs: x.sum(*args, **kwargs),
    "reduce_mean": lambda x, *args, **kwargs: x.mean(*args, **kwargs),
    "astype": lambda x, *args, **kwargs: x.type(*args, **kwargs),
    "to": lambda x, *args, **kwargs: x.to(*args, **kwargs),
    "size": lambda x: x.numel(),
}


def bind(statement: ast.Import | ast.ImportFrom, module: types.ModuleType) -> bool:
    """Give the names of an import of the book's package; False for any other import."""
    book = Book(_BOOK)
    if isinstance(statement, ast.Import):
        if any(alias.name.split(".")[0] != _BOOK for alias in statement.names):
            return False
        for alias in statement.names:
            setattr(module, alias.asname or _BOOK, book)
        return True
    if (statement.module or "").split(".")[0] != _BOOK:
        return False
    for alias in statement.names:
        if alias.name != "*" and (alias.name == "torch" or hasattr(book, alias.name)):
            setattr(module, alias.asname or alias.name, getattr(book, alias.name))
    return True
