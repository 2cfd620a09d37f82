"""A function as a submission's text, or its loaded module, shows it: name, arguments, place."""

from __future__ import annotations

import ast

import msgspec

from pytest_deeprnn.sandbox.protocol import object_path


class Argument(msgspec.Struct, frozen=True):
    """An argument of a function; `required` where it has no default.

    `default` is its text, "" where that is not known.
    """

    name: str
    required: bool
    positional_only: bool = False
    annotation: str = ""
    default: str = ""


class Function(msgspec.Struct, frozen=True, kw_only=True):
    """A function as its text shows it.

    `name` is how the module reaches it: `forward`, `Net.forward`, `nets["gru"]`, `layers.rnn`.
    `uses` are the names that it reads at module level, `pair` tells of two returned things,
    `maker` of a returned function.
    `objects` are arguments that take an object with sizes, each with the path to it.
    """

    name: str
    arguments: tuple[Argument, ...]
    variadic: bool
    line: int
    piece: int | None
    file: str | None = None
    uses: frozenset[str] = frozenset()
    pair: bool = False
    maker: bool = False
    objects: dict[str, str] = {}

    @property
    def root(self) -> str:
        """The name at module level that the function is reached through."""
        return object_path.root(self.name)

    @property
    def last(self) -> str:
        """The last name of the way to it: what a reader takes for the function's own name."""
        return object_path.last(self.name)


def from_arguments(
    name: str, arguments: ast.arguments, line: int, piece: int | None, file: str | None = None
) -> Function:
    """Describe a function by its syntax tree's arguments."""
    plain = [*arguments.posonlyargs, *arguments.args]
    missing = [None] * (len(plain) - len(arguments.defaults))
    positional = [
        _argument(one, default, index < len(arguments.posonlyargs))
        for index, (one, default) in enumerate(
            zip(plain, (*missing, *arguments.defaults), strict=True)
        )
    ]
    pairs = zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    keyword_only = [_argument(one, default, False) for one, default in pairs]
    return Function(
        name=name,
        arguments=tuple(positional + keyword_only),
        variadic=arguments.vararg is not None,
        line=line,
        piece=piece,
        file=file,
    )


def _argument(one: ast.arg, default: ast.expr | None, positional_only: bool) -> Argument:
    return Argument(
        name=one.arg,
        required=default is None,
        positional_only=positional_only,
        annotation="" if one.annotation is None else ast.unparse(one.annotation),
        default="" if default is None else ast.unparse(default),
    )
