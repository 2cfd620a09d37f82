"""The base of all facts, and how one becomes a clause in a reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar

import msgspec

from pytest_deeprnn.core.catalogue import N_, Translate
from pytest_deeprnn.core.phrasing import show

#: What a tensor is called, by its path.
Naming = Callable[[str], str]
_AND = N_("{some} and {last}")


class TensorPath(str):
    """Where a learner's tensor lies, as in params[3]; a reader may know it by a name."""


class Phrase(str):
    """A text of the catalogue, as the text of a mutation."""


class Commas(tuple[object, ...]):
    """What is told one after the other, without a last one."""


class Fact(msgspec.Struct, frozen=True):
    """Something that was measured.

    `text` is its clause in English, a text of the catalogue, with the fields in braces.
    """

    text: ClassVar[str]

    def said(self, translate: Translate = str, naming: Naming = str) -> str:
        """Return the clause in a language, with tensors called what the reader calls them."""
        values = {
            name: _shown(getattr(self, name), translate, naming) for name in self.__struct_fields__
        }
        return translate(self.text).format(**values)

    def begins_with_tensor(self, naming: Naming) -> bool:
        """Return whether the clause begins with a tensor that has a name of the learner's."""
        first = next(iter(self.__struct_fields__), None)
        if first is None or not self.text.startswith(f"{{{first}}}"):
            return False
        value = getattr(self, first)
        if isinstance(value, tuple) and value:
            value = value[0]
        if isinstance(value, Fact):
            return value.begins_with_tensor(naming)
        return isinstance(value, TensorPath) and naming(value) != value

    def plain(self) -> dict[str, object]:
        """Return the fields as plain data."""
        return {name: _plain(getattr(self, name)) for name in self.__struct_fields__}


class InWords(Fact, frozen=True):
    """What somebody else says: an exception, an instructor's own check."""

    words: str
    text = "{words}"


def parts(fact: Fact) -> Iterator[Fact]:
    """Yield a fact and all that it is made of."""
    yield fact
    for name in fact.__struct_fields__:
        value = getattr(fact, name)
        for inner in value if isinstance(value, tuple) else (value,):
            if isinstance(inner, Fact):
                yield from parts(inner)


def as_fact(told: Fact | str) -> Fact:
    """Return a fact; hooks and exceptions say theirs in words."""
    return InWords(told) if isinstance(told, str) else told


def _shown(value: object, translate: Translate, naming: Naming) -> str:
    match value:
        case Fact():
            return value.said(translate, naming)
        case TensorPath():
            return naming(value)
        case Phrase():
            return translate(value)
        case Commas():
            return ", ".join(_shown(one, translate, naming) for one in value)
        case tuple():
            *some, last = [_shown(one, translate, naming) for one in value] or [""]
            return translate(_AND).format(some=", ".join(some), last=last) if some else last
        case float():
            return show(value)
    return str(value)


def _plain(value: object) -> object:
    match value:
        case Fact():
            return {"kind": type(value).__name__, **value.plain()}
        case tuple():
            return [_plain(one) for one in value]
        case str():
            return str(value)
        case bool() | int() | float() | None:
            return value
    return str(value)
