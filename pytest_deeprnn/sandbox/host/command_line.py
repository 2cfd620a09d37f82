"""Reads a command line that nobody typed: what an argparse parser requires may be left out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

_WHOLE = 2  # for a whole number that has to be given: as a number of layers it is a deep network


@contextmanager
def optional() -> Iterator[None]:
    """Let every parser that is given an empty command line take it, as long as this is held.

    A script that is run without its arguments ends; here its sizes are put in later.
    """
    parse = argparse.ArgumentParser.parse_known_args

    def lenient(
        parser: argparse.ArgumentParser,
        args: Sequence[str] | None = None,
        namespace: argparse.Namespace | None = None,
    ) -> Any:
        if not (sys.argv[1:] if args is None else args):
            _require_nothing(parser)
        return parse(parser, args, namespace)

    argparse.ArgumentParser.parse_known_args = lenient  # type: ignore[method-assign,assignment]  # put back below
    try:
        yield
    finally:
        argparse.ArgumentParser.parse_known_args = parse  # type: ignore[method-assign]  # its own


def _require_nothing(parser: argparse.ArgumentParser) -> None:
    for action in parser._actions:
        if action.required and action.type is int and action.default is None:
            action.default = _WHOLE
        action.required = False
        if not action.option_strings and action.nargs in (None, argparse.ONE_OR_MORE):
            one = action.nargs is None
            action.nargs = argparse.OPTIONAL if one else argparse.ZERO_OR_MORE
    for group in parser._mutually_exclusive_groups:
        group.required = False
