"""Writes the outputs that a run was asked for; one that fails loses none of the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from pytest_deeprnn.core.sanitize import line
from pytest_deeprnn.core.settings import Language
from pytest_deeprnn.reporting.formats.output import BadOutput, Output, Place, Result, Wanted


def write(
    wanted: Sequence[Wanted], known: Sequence[Output], results: Sequence[Result], lang: Language
) -> Iterator[str]:
    """Write all, and give the lines for the terminal; a line for each that could not be written."""
    named = {one.name: one for one in known}
    for one in wanted:
        place = Place(Path(one.path), lang, Path(one.base), one.variables)
        try:
            place.path.parent.mkdir(parents=True, exist_ok=True)
            told = named[one.output].write(results, place)
        except (BadOutput, OSError) as error:
            told = line(f"deeprnn: output {one.output} was not written: {error}")
        if told:
            yield told
