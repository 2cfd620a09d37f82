"""Modules that a notebook writes itself, by %%writefile, before it imports them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from pytest_deeprnn.sandbox.protocol.messages import Helper


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """A file's text as it stands in the submission.

    `path` is the file from the notebook's folder, `filename` the piece that the text stands in,
    `above` the lines of that piece before the text, and `adds` that it goes behind what was written
    before.
    """

    path: str
    filename: str
    text: str
    above: int = 0
    adds: bool = False


def modules(written: Iterable[Written]) -> tuple[Helper, ...]:
    """The modules that are there in the end.

    One that was written at once keeps the lines of its cell, so that a fault is told where the
    learner reads it. What was put together of several has lines of its own.
    """
    parts: dict[str, list[Written]] = {}
    for one in written:
        parts[one.path] = [*parts.get(one.path, ()), one] if one.adds else [one]
    return tuple(_module(path, of_path) for path, of_path in parts.items())


def with_packages(helpers: Iterable[Helper]) -> Iterator[Helper]:
    """Put before each module the folders that it lies in, where none of them has a text."""
    listed = list(helpers)
    there = {one.name for one in listed}
    for one in listed:
        for name in _above(one.name):
            if name not in there:
                there.add(name)
                filename = f"{name.replace('.', '/')}/__init__.py"
                yield Helper(name=name, filename=filename, text="", is_package=True)
        yield one


def _module(path: str, parts: list[Written]) -> Helper:
    name = path.removesuffix(".py").replace("/", ".")
    is_package = name == "__init__" or name.endswith(".__init__")
    name = name.removesuffix(".__init__")
    if len(parts) == 1:
        filename, text = parts[0].filename, "\n" * parts[0].above + parts[0].text
    else:
        filename, text = path, "".join(_ended(part.text) for part in parts)
    return Helper(name=name, filename=filename, text=text, is_package=is_package)


def _ended(text: str) -> str:
    return text if text.endswith("\n") else f"{text}\n"


def _above(name: str) -> Iterator[str]:
    parts = name.split(".")
    return (".".join(parts[:count]) for count in range(1, len(parts)))
