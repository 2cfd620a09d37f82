"""Which outputs a run has: those asked for, and those of the platform that it runs on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from pytest_deeprnn.reporting.formats.output import BadOutput, Output, Wanted

NONE = "none"


def names(asked: Sequence[str]) -> set[str]:
    """The names of what was asked for."""
    return {one.partition("=")[0] for one in asked} - {NONE}


def chosen(
    asked: Sequence[str],
    known: Sequence[Output],
    variables: Mapping[str, str],
    folder: Path,
    base: Path,
) -> tuple[Wanted, ...]:
    """Read what was asked for, each as NAME or NAME=PATH, and look at the environment.

    A path is taken from `base`, the caller's folder; without one the output's own file goes into
    the report `folder`. "none" leaves out what the environment alone would bring. Raises BadOutput
    for a name that is not known.
    """
    named = {one.name: one for one in known}
    there = {one.name: one.place(variables) for one in known}
    paths: dict[str, Path] = {}
    for one in asked:
        name, _, path = one.partition("=")
        if name not in (*named, NONE):
            raise BadOutput(f"{one}: no such output; there are {', '.join((*named, NONE))}")
        if name != NONE:
            paths[name] = base / (path or there[name] or folder / named[name].file)
    if NONE not in asked:
        for name, where in there.items():
            if where is not None:
                paths.setdefault(name, base / (where or folder / named[name].file))
    return tuple(
        Wanted(
            output=name,
            path=str(path),
            base=str(base),
            variables=_told(named[name], variables),
        )
        for name, path in paths.items()
    )


def _told(output: Output, variables: Mapping[str, str]) -> dict[str, str]:
    return {name: variables[name] for name in output.variables if name in variables}
