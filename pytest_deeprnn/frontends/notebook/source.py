"""Finds the text behind functions that are given as objects, and makes a submission of it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import msgspec

from pytest_deeprnn.core.function_roles import FunctionRole
from pytest_deeprnn.frontends.notebook.history import needed
from pytest_deeprnn.frontends.notebook.object_names import adapter, root, spelling
from pytest_deeprnn.submission.discover import Submission, discover
from pytest_deeprnn.submission.local_modules import imported
from pytest_deeprnn.submission.prepare import Prepared, prepare
from pytest_deeprnn.submission.source import Source, Unreadable, read

Functions = Mapping[FunctionRole, Callable[..., object]]
_Namespace = dict[str, Any]
_NOTEBOOK = "notebook.ipynb"
#: Names that the contract's finder takes for a role before all others.
_ALIASES: dict[FunctionRole, str] = {
    "get_params": "get_{cell}_params",
    "init_state": "init_{cell}_state",
    "forward": "forward_{cell}",
}


@dataclass(frozen=True)
class Found:
    """A submission whose contract is the given functions.

    `names` are theirs in its text, and `aliases` those of them that we gave.
    """

    submission: Submission
    prepared: Prepared
    names: dict[FunctionRole, str]
    aliases: dict[str, str]


class _Origin(Protocol):
    """Where functions were written."""

    text: str

    def submission(self, folder: Path, more: str) -> Submission:
        """Make a submission of the text and some more lines; may be written to the folder."""


def find(functions: Functions, caller: _Namespace, cells: Sequence[str], folder: Path) -> Found:
    """Find the text; ValueError, in one line, where there is none or another one is meant by it.

    `caller` is the namespace that the functions were given from, `cells` those of the exercise,
    `folder` is empty and is read from later.
    """
    home = _home(functions, caller)
    names = {role: spelling(one, home) or "" for role, one in functions.items()}
    origin = _origin(home, names)
    aliases = _aliases(origin.text, cells[0])
    known = set(aliases.values())
    for called in (names, aliases, aliases):
        renamed = {called[role]: names[role] for role in names if called[role] != names[role]}
        given = {called[role]: one for role, one in functions.items() if called[role] in renamed}
        more = "".join(
            f"{alias} = {name}\n" if alias in known else adapter(alias, name, given[alias])
            for alias, name in renamed.items()
        )
        submission = origin.submission(folder, more)
        prepared = _prepared(submission, frozenset(cells))
        if {role: one.function.name for role, one in prepared.contract.bindings()} == called:
            return Found(submission, prepared, called, renamed)
        if called is aliases:  # what the text alone does not show to be a function is called by one
            known &= {one.name for one in prepared.functions}
    raise ValueError(_not_taken(names, prepared))


def _home(functions: Functions, caller: _Namespace) -> _Namespace:
    """The namespace in which all three have names: their own, or the caller's."""
    own = (getattr(one, "__globals__", None) for one in functions.values())
    namespaces = [one for one in (*own, caller) if one is not None]
    for home in namespaces:
        if all(spelling(one, home) for one in functions.values()):
            return home
    for role, one in functions.items():
        if not any(spelling(one, home) for home in namespaces):
            raise ValueError(
                f"check: {role} has no name of its own, so its text cannot be found: "
                f"write {role} = … first, outside of any function, and give that"
            )
    raise ValueError(
        "check: the three functions come from different places: import all of them into the file "
        "or notebook that calls check"
    )


def _origin(home: _Namespace, names: dict[FunctionRole, str]) -> _Origin:
    history = _history(home)
    if history is not None:
        return _Cells(history, set(map(root, names.values())))
    path = Path(str(home.get("__file__", "")))
    if path.suffix != ".py" or not path.is_file():
        raise ValueError(
            "check: the text of the functions cannot be found: they were made by exec or typed at "
            "Python's own prompt, or their marimo notebook is not saved; write them in a notebook, "
            "in IPython or in a .py file"
        )
    return _File(path)


def _history(home: _Namespace) -> list[str] | None:
    """All cells as they were typed, where the namespace is that of a notebook or of IPython."""
    ipython = sys.modules.get("IPython")
    shell: Any = None if ipython is None else ipython.get_ipython()
    is_there = shell is not None and shell.user_global_ns is home
    return list(shell.history_manager.input_hist_raw) if is_there else None


class _Cells:
    """Cells that were executed. Each keeps the number that Jupyter shows beside it."""

    def __init__(self, history: list[str], names: set[str]) -> None:
        chosen = set(needed(history, names))
        # In[1] is the first
        self._texts = [text if n in chosen else "" for n, text in enumerate(history)][1:]
        self.text = "\n".join(self._texts)

    def submission(self, folder: Path, more: str) -> Submission:
        """Write them as a notebook."""
        path = folder / _NOTEBOOK
        path.write_text(_notebook([*self._texts, more]), encoding="utf-8")
        (found,) = discover([str(path)])
        beside = str(Path.cwd()) if _imports_from_here(path) else None
        return msgspec.structs.replace(found, folder=beside, given=_NOTEBOOK)


class _File:
    """A module's file, which stays where it is unless there is something to add."""

    def __init__(self, path: Path) -> None:
        self._path = path.resolve()
        self.text = _read(self._path).pieces[0].text

    def submission(self, folder: Path, more: str) -> Submission:
        """Take the file as one that is named by itself, so that modules may stand beside it."""
        (found,) = discover([str(self._path)])
        here = Path.cwd()
        is_below = self._path.is_relative_to(here)
        given = str(self._path.relative_to(here) if is_below else self._path)
        path = folder / self._path.name if more else self._path
        if more:
            path.write_text(f"{self.text}\n{more}", encoding="utf-8")
        return msgspec.structs.replace(found, path=str(path), given=given)


def _notebook(texts: list[str]) -> str:
    cells = [{"cell_type": "code", "source": text} for text in texts]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "cells": cells})


def _imports_from_here(notebook: Path) -> bool:
    """Whether cells import modules that lie in the current folder, as beside a notebook."""
    texts = (piece.text for piece in _read(notebook).pieces)
    names = imported(texts) - {"pytest_deeprnn"}  # a cell may import check as well
    places = (getattr(sys.modules.get(name), "__file__", None) for name in names)
    files = [Path(place) for place in places if place]
    tops = [file.parent.parent if file.name == "__init__.py" else file.parent for file in files]
    return Path.cwd() in tops


def _aliases(text: str, cell: str) -> dict[FunctionRole, str]:
    """Names for the three that occur nowhere: the learner's own keep their meaning."""
    end = "_"
    while any(f"{name.format(cell=cell)}{end}" in text for name in _ALIASES.values()):
        end += "_"
    return {role: f"{name.format(cell=cell)}{end}" for role, name in _ALIASES.items()}


def _read(path: Path) -> Source:
    try:
        return read(path)
    except Unreadable as error:
        raise ValueError(f"check: the text of the functions cannot be read: {error}") from None


def _prepared(submission: Submission, cells: frozenset[str]) -> Prepared:
    try:
        return prepare(submission, cells)
    except Unreadable as error:
        raise ValueError(f"check: the text of the functions cannot be read: {error}") from None


def _not_taken(names: dict[FunctionRole, str], prepared: Prepared) -> str:
    """Why the text does not lead to the functions that were given."""
    known = {one.name for one in prepared.functions}
    for role, name in names.items():
        if name not in known:
            return (
                f"check: {name} is not defined where its text is looked for, by def, lambda or "
                f"functools.partial outside of any function: define it so, and give that as {role}"
            )
    given = ", ".join(names.values())
    return (
        f"check: it cannot be told from the text that {given} are meant: use the contract's names "
        "for functions and arguments"
    )
