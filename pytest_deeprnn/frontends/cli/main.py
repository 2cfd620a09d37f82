"""The `deeprnn` command: its sub-commands, each in a module of its own."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import NoReturn

from pytest_deeprnn.core.errors import Misuse
from pytest_deeprnn.core.sanitize import line
from pytest_deeprnn.frontends.cli import audit, exercises
from pytest_deeprnn.frontends.cli import grade as launch
from pytest_deeprnn.frontends.cli import new as repository
from pytest_deeprnn.frontends.cli.common import Commands

_WRONG_USE = 4


class _Parser(argparse.ArgumentParser):
    """One line for what cannot be used, as for the pytest plugin."""

    def error(self, message: str) -> NoReturn:
        print(f"{self.prog}: {message}; see {self.prog} --help", file=sys.stderr)
        raise SystemExit(_WRONG_USE)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the sub-command; returns the exit code, 4 where the command line is wrong."""
    given = _parser().parse_args(arguments)
    try:
        code: int = given.run(given)
    except Misuse as error:
        print(line(f"deeprnn {given.command}: {error}"), file=sys.stderr)
        return _WRONG_USE
    return code


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="deeprnn",
        description="Checks deep RNN, GRU and LSTM networks written from scratch in PyTorch.",
        epilog="To try a submission of your own: pytest --deeprnn-submission=PATH",
    )
    commands: Commands = parser.add_subparsers(  # type: ignore[assignment]  # of _Parser, which is one
        dest="command", metavar="COMMAND", required=True, title="commands"
    )
    launch.add(commands)
    repository.add(commands)
    audit.add(commands)
    exercises.add(commands)
    return parser
