"""Compares functions as they are now with those that their text makes."""

from __future__ import annotations

import types
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from pytest_deeprnn.frontends.notebook.bytecode import (
    alike,
    attribute_names,
    global_names,
    plain,
    rebinds,
)

_PLAIN = (int, float, complex, str, bytes, bool)
#: Further calls of calls than any network has; what is deeper is taken to be alike.
_DEEPEST = 40
_Pairs = Iterator[tuple[str, object, object]]


class Comparison:
    """Goes from two functions to all that they use, as far as it is the learner's own.

    `own` are the names of the modules that were made of the text, `constants` those of their names
    whose values are written there.
    """

    def __init__(self, own: Collection[str], constants: Mapping[str, Collection[str]]) -> None:
        self._own = own
        self._constants = constants
        self._seen: dict[tuple[int, int], tuple[object, object]] = {}

    def difference(self, live: object, text: object, name: str) -> str | None:
        """Name the first thing that is not what its text makes; None where all of it is."""
        return self._difference(live, text, name, 0)

    def _difference(self, live: object, text: object, name: str, depth: int) -> str | None:
        live, text = _uncompiled(live), _uncompiled(text)
        key = (id(live), id(text))
        if live is text or key in self._seen or depth > _DEEPEST:
            return None
        self._seen[key] = live, text  # kept, so that no other object gets their ids
        if self._differ(live, text):
            return name
        for part, one, other in self._parts(live, text):
            if found := self._difference(one, other, part or name, depth + 1):
                return found
        return None

    def _differ(self, live: object, text: object) -> bool:
        """Tell whether two things differ, whatever their parts are."""
        if isinstance(live, types.FunctionType) and isinstance(text, types.FunctionType):
            if live.__code__ is text.__code__:
                return False
            if self._is_own(text):
                return not alike(live.__code__, text.__code__)
        elif isinstance(text, _PLAIN):
            return callable(live) or (type(live) is type(text) and live != text)
        elif text is None or not (callable(live) or callable(text)):
            return False  # a default that cannot be made is None
        elif _kind(live) != _kind(text):
            return True
        return _title(live) != _title(text)

    def _parts(self, live: object, text: object) -> _Pairs:
        if isinstance(live, types.FunctionType) and isinstance(text, types.FunctionType):
            yield from _given(live, text)
            if self._is_own(text) or live.__code__ is text.__code__:
                yield from _enclosed(live, text)
            if self._is_own(text):
                yield from self._globals(live, text)
        elif isinstance(live, partial) and isinstance(text, partial):
            yield live.func.__name__ if hasattr(live.func, "__name__") else "", live.func, text.func
            yield from _elements(live.args, text.args)
            yield from _entries(live.keywords, text.keywords)
        elif isinstance(live, types.MethodType) and isinstance(text, types.MethodType):
            yield live.__name__, live.__func__, text.__func__
            yield "", live.__self__, text.__self__
        else:
            yield from self._of_containers(live, text)

    def _of_containers(self, live: object, text: object) -> _Pairs:
        if isinstance(live, list | tuple) and isinstance(text, list | tuple):
            yield from filter(_is_no_data, _elements(live, text))
        elif isinstance(live, dict) and isinstance(text, dict):
            yield from filter(_is_no_data, _entries(live, text))
        elif isinstance(live, staticmethod | classmethod):
            yield "", live.__func__, getattr(text, "__func__", None)
        elif self._is_own(text if isinstance(text, type) else type(text)):
            attributes = _entries(getattr(live, "__dict__", {}), getattr(text, "__dict__", {}))
            yield from filter(_is_no_data, attributes)
            if not isinstance(text, type):
                yield type(text).__name__, type(live), type(text)

    def _is_own(self, made: Any) -> bool:
        return getattr(made, "__module__", None) in self._own

    def _globals(self, live: types.FunctionType, text: types.FunctionType) -> _Pairs:
        """What a function reads at module level: callables, and numbers that are written there."""
        written = self._constants.get(text.__globals__.get("__name__", ""), ())
        names = {plain(name): name for name in global_names(live.__code__)}
        for other in global_names(text.__code__):
            name = names.get(plain(other), "")
            if name not in live.__globals__ or other not in text.__globals__:
                continue
            pair = live.__globals__[name], text.__globals__[other]
            if isinstance(pair[1], types.ModuleType):
                yield from self._attributes(*pair, attribute_names(text.__code__))
            elif not isinstance(pair[1], _PLAIN) or other in written:
                yield other, *pair

    def _attributes(self, live: object, text: types.ModuleType, names: set[str]) -> _Pairs:
        """What a function reads of a module that is the learner's own."""
        if text.__name__ in self._own and isinstance(live, types.ModuleType):
            for name in sorted(names & vars(live).keys() & vars(text).keys()):
                yield name, vars(live)[name], vars(text)[name]


def _given(live: types.FunctionType, text: types.FunctionType) -> _Pairs:
    """The defaults of a function's arguments."""
    yield from _elements(live.__defaults__ or (), text.__defaults__ or ())
    yield from _entries(live.__kwdefaults__ or {}, text.__kwdefaults__ or {})


def _enclosed(live: types.FunctionType, text: types.FunctionType) -> _Pairs:
    """What a function keeps of the one that made it, unless it changes that itself."""
    cells = zip(live.__closure__ or (), text.__closure__ or (), strict=False)
    for name, (one, other) in zip(text.__code__.co_freevars, cells, strict=False):
        if not rebinds(text.__code__, name):
            try:
                pair = one.cell_contents, other.cell_contents
            except ValueError:  # still empty
                continue
            is_function = isinstance(pair[0], types.FunctionType)
            yield name if is_function else "", *pair


def _elements(live: Sequence[object], text: Sequence[object]) -> _Pairs:
    """Pairs of equally long sequences; what has grown since is data."""
    if len(live) == len(text):
        yield from (("", one, other) for one, other in zip(live, text, strict=True))


def _entries(live: Mapping[Any, object], text: Mapping[Any, object]) -> _Pairs:
    """Pairs of what has the same name; of Python's own names the functions alone."""
    for name, value in text.items():
        is_function = isinstance(value, types.FunctionType)
        if name in live and (is_function or not str(name).startswith("__")):
            yield str(name) if is_function else "", live[name], value


def _is_no_data(pair: tuple[str, object, object]) -> bool:
    """Tell what a container holds for good; its numbers may have changed since, as a counter."""
    return not isinstance(pair[2], _PLAIN)


def _uncompiled(value: object) -> object:
    """The function that torch.compile was given, which counts as the same."""
    return getattr(value, "_torchdynamo_orig_callable", value)


def _kind(value: object) -> str:
    return type(value).__name__


def _title(value: object) -> object:
    """What a library calls a function or a class; its own objects are told apart by their type."""
    return getattr(value, "__name__", None)
