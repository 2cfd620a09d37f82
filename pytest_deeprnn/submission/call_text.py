"""How one of the contract's functions is called, as Python text."""

from __future__ import annotations

import itertools
import re

from pytest_deeprnn.submission.binding import Binding
from pytest_deeprnn.submission.prepare import Prepared
from pytest_deeprnn.submission.synonyms import Kind

_NAMES: dict[Kind, str] = {
    "vocab": "V",
    "hiddens": "H",
    "layers": "L",
    "batch": "B",
    "device": "device",
    "scale": "0.01",
    "dropout": "0",
    "inputs": "inputs",
    "state": "state",
    "params": "params",
}
#: The grader computes such code in float64 all the same, which a plain call does not.
_SINGLE = re.compile(r"float32|FloatTensor|torch\.float\b|\.float\(")


def call_text(prepared: Prepared, binding: Binding) -> str:
    """Write the call with the book's letters; "" where a plain call would do something else.

    So it is where the module's own sizes have to be set first, or where the grader computes in
    another precision than the code asks for.
    """
    texts = [piece.text for piece in prepared.source.pieces]
    texts += [helper.text for helper in prepared.load.helpers]
    if prepared.constants or binding.unbound or any(map(_SINGLE.search, texts)):
        return ""
    return written(binding)


def written(binding: Binding) -> str:
    """Write a call with the book's letters, whatever it takes to make it do the same."""
    parts = itertools.count()

    def given(kind: Kind) -> str:
        is_part = kind == "state" and binding.splits_state
        return f"state[{next(parts)}]" if is_part else _NAMES[kind]

    positional = [given(kind) for kind in binding.positional]
    keyword = [f"{name}={given(kind)}" for name, kind in binding.keyword.items()]
    objects = [f"{name}={path}" for name, path in binding.function.objects.items()]
    return f"{binding.function.name}({', '.join([*positional, *objects, *keyword])})"
