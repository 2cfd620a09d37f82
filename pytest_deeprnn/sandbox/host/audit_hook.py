"""Looks at code that a submission makes while it runs, before that is compiled.

An audit hook cannot be taken out again. It is no wall: it is there so that a text which was
hidden from the reader of the file is read all the same.
"""

from __future__ import annotations

import ast
import sys
import sysconfig
import threading
import types
from pathlib import Path
from typing import Any

from pytest_deeprnn.sandbox.escape_scan.scan import reaches, reaches_by_path, reaches_in_text
from pytest_deeprnn.sandbox.host import loading
from pytest_deeprnn.sandbox.host.import_hook import Helpers

_FROM_PICKLE = "pickle.find_class"
_FROM_BYTES = ("code.__new__", "marshal.loads", "marshal.load")
_IMPORTING = "<frozen importlib._bootstrap"
_INSTALLED = tuple(
    str(Path(sysconfig.get_path(name)).resolve())
    for name in ("stdlib", "platstdlib", "purelib", "platlib")
)
#: They compile the submission's own files, which are read before they are sent.
_OWN = frozenset((loading.compiled.__code__, Helpers.get_code.__code__, ast.parse.__code__))


class Reached(RuntimeError):
    """Raised where a submission makes code that reaches past a calculation."""


class _Watch:
    """An audit hook; `looking` keeps it from looking at what it does itself."""

    def __init__(self) -> None:
        self._looking = threading.local()

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Look at an event; raise Reached where it may not be."""
        if event == _FROM_PICKLE:
            _refuse(reaches_by_path(*map(str, arguments)))
        if event != "compile" and event not in _FROM_BYTES:
            return
        frame = sys._getframe(1)
        if getattr(self._looking, "now", False) or frame.f_code in _OWN or _imports(frame):
            return
        if event in _FROM_BYTES:
            raise Reached("code is made from bytes, which nobody can read")
        self._looking.now = True
        try:
            _read(arguments[0])
        finally:
            self._looking.now = False


def watch() -> None:
    """Refuse, as long as this process lives, to compile such code, or to make it from bytes."""
    sys.addaudithook(_Watch())


def _imports(frame: types.FrameType | None) -> bool:
    """Whether an installed module is being imported, and nothing of the submission within."""
    while frame is not None:
        code = frame.f_code
        if code.co_filename.startswith(_IMPORTING):
            # each step of an import has the file's path under one of these names
            found = [frame.f_locals.get(name) for name in ("source_path", "path", "spec")]
            places = [getattr(one, "origin", one) for one in found if one is not None]
            if places:
                return all(_is_installed(place) for place in places)
        elif not _is_installed(code.co_filename):
            return False
        frame = frame.f_back
    return False


def _is_installed(place: object) -> bool:
    return isinstance(place, str) and place.startswith(_INSTALLED)


def _read(source: object) -> None:
    if isinstance(source, bytes | bytearray):
        source = source.decode("utf-8", "replace")
    if isinstance(source, str):
        found = reaches_in_text(source)
    elif isinstance(source, ast.AST):
        found = reaches(source)
    else:
        return
    for reach in found:
        _refuse(reach.name)


def _refuse(name: str) -> None:
    if name:
        raise Reached(f"code made at run time names {name}, which no network needs")
