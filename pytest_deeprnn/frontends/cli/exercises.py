"""The command `deeprnn exercises`: what there is."""

from __future__ import annotations

import argparse

from pytest_deeprnn.core.exercise import load, packaged
from pytest_deeprnn.frontends.cli.common import Commands


def add(commands: Commands) -> None:
    """Declare the command."""
    what = "list the exercises that come with the package"
    parser = commands.add_parser("exercises", help=what, description=f"{what.capitalize()}.")
    parser.set_defaults(run=_run)


def _run(_: argparse.Namespace) -> int:
    names = packaged()
    width = max(map(len, names))
    for name in names:
        print(f"{name:{width}}  {load(name).title.en}")
    return 0
