"""Runs plainly what torch would compile or trace first, since no compiler runs in a worker.

`torch.compile(f)` is `f`: the same numbers, later. Control flow as operators (`cond`, `scan`) is a
Python loop over the same function. Each use is noted by its name, which the report tells.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NoReturn

from pytest_deeprnn.sandbox.host import control_flow

_MISSING = object()
#: These give what only the compiler makes: a graph, or a compiled library.
_NEEDING_THE_COMPILER = (
    ("torch._dynamo", "export"),
    ("torch._dynamo", "explain"),
    ("torch._inductor", "compile"),
    ("torch._inductor", "aot_compile"),
    ("torch._inductor", "aoti_compile_and_package"),
)
_OPERATORS = "torch._higher_order_ops"


class NotGraded(RuntimeError):
    """Raised where a submission calls what cannot be run here, by its name and with the reason."""


class Identity:
    """Gives back the function that it is given; also a context in which nothing is different."""

    def __call__(self, function: Any) -> Any:
        """Return the function itself."""
        return function

    def __enter__(self) -> Identity:
        """Change nothing."""
        return self

    def __exit__(self, *raised: object) -> None:
        """Change nothing."""


class Exported:
    """An exported program whose module is the one that was exported."""

    def __init__(self, module: Any) -> None:
        self._module = module

    def module(self, *args: Any, **kwargs: Any) -> Any:
        """Return the module."""
        return self._module

    def run_decompositions(self, *args: Any, **kwargs: Any) -> Exported:
        """Return the program as it is."""
        return self

    def __getattr__(self, name: str) -> NoReturn:
        """Refuse everything that needs the traced graph."""
        raise NotGraded(
            f"torch.export.export(...).{name}, which needs torch's compiler and cannot be graded: "
            "call .module() of it, or the module itself"
        )


class Plainly:
    """torch's functions that compile, each with a plain one in its place while code is run."""

    def __init__(self) -> None:
        self._taken: dict[str, None] = {}
        self._places = dict(self._plain_ones())

    def take(self) -> tuple[str, ...]:
        """Hand over the names of those that were used, and start anew."""
        taken = tuple(self._taken)
        self._taken.clear()
        return taken

    @contextmanager
    def held(self) -> Iterator[None]:
        """Put the plain ones in place, and afterwards torch's own again."""
        before = {place: _get(*place) for place in self._places if place[0] in sys.modules}
        _set({place: self._places[place] for place, one in before.items() if one is not _MISSING})
        try:
            yield
        finally:
            _set({place: one for place, one in before.items() if one is not _MISSING})

    def _plain_ones(self) -> Iterator[tuple[tuple[str, str], Any]]:
        yield ("torch", "compile"), self._noted("torch.compile", _compile)
        for name in ("optimize", "optimize_assert"):
            plain = self._noted("torch._dynamo.optimize", _optimize)
            yield ("torch._dynamo", name), plain
            yield ("torch._dynamo.eval_frame", name), plain
        yield ("torch.compiler", "disable"), _compile
        yield ("torch._dynamo", "disable"), _compile
        for name in ("export", "draft_export"):
            yield ("torch.export", name), self._noted(f"torch.export.{name}", _export)
        make_fx = self._noted("make_fx", _make_fx)
        yield ("torch.fx.experimental.proxy_tensor", "make_fx"), make_fx
        for name in ("cond", "map", "scan", "associative_scan"):
            plain = self._noted(name, getattr(control_flow, name))
            yield from _everywhere(name, plain)
        yield from _everywhere("while_loop", _refuse_while_loop)
        for module, name in _NEEDING_THE_COMPILER:
            yield (module, name), _refusing(f"{module}.{name}")

    def _noted(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def plain(*args: Any, **kwargs: Any) -> Any:
            self._taken[name] = None
            return function(*args, **kwargs)

        return plain


def _everywhere(name: str, function: Callable[..., Any]) -> Iterator[tuple[tuple[str, str], Any]]:
    """The modules from which an operator of control flow can be imported."""
    for module in (
        "torch",
        _OPERATORS,
        f"{_OPERATORS}.{name}",
        "functorch.experimental.control_flow",
    ):
        yield (module, name), function


def _compile(model: Any = None, *args: Any, **options: Any) -> Any:
    return Identity() if model is None else model


def _optimize(*args: Any, **options: Any) -> Identity:
    return Identity()


def _export(mod: Any, *args: Any, **kwargs: Any) -> Exported:
    return Exported(mod)


def _make_fx(function: Any, *args: Any, **kwargs: Any) -> Callable[..., Any]:
    return lambda *examples: function


def _refusing(name: str) -> Callable[..., NoReturn]:
    def refuse(*args: Any, **kwargs: Any) -> NoReturn:
        raise NotGraded(f"{name}, which needs torch's compiler and cannot be graded")

    return refuse


def _refuse_while_loop(*args: Any, **kwargs: Any) -> NoReturn:
    raise NotGraded(
        "torch.while_loop, which cannot be graded: torch computes its gradient silently wrong "
        "where no initial value requires one; write the loop in Python"
    )


def _get(module: str, name: str) -> Any:
    return vars(sys.modules[module]).get(name, _MISSING)


def _set(values: Mapping[tuple[str, str], Any]) -> None:
    for (module, name), value in values.items():
        setattr(sys.modules[module], name, value)
