"""What a worker may read: Python's own library, torch, and what an exercise lets be imported."""

from __future__ import annotations

import functools
import importlib.util
import sysconfig
from collections.abc import Iterable, Iterator
from importlib.metadata import (
    Distribution,
    PackageNotFoundError,
    distribution,
    packages_distributions,
)
from pathlib import Path

from packaging.requirements import Requirement

_DEVICES = ("/dev/null", "/dev/zero", "/dev/urandom")
_INSTALLED = {"site-packages", "dist-packages"}
#: torch uses numpy where it is there, without requiring it.
_ALWAYS = ("torch", "numpy")
#: See sandbox/host/recurrence_block; both are imported long before.
_RECURRENCES = ("_decomp/decompositions.py", "ao/nn/quantizable/modules/rnn.py")


def places(imports: tuple[str, ...]) -> list[Path]:
    """The files and folders that may be read, where these modules may be imported.

    An import is looked up here, so that Python still knows where it is when it can list the
    folder of all packages no more.
    """
    wanted = (*_ALWAYS, *imports)
    there = [name for name in wanted if importlib.util.find_spec(name) is not None]
    distributions = _with_requirements(list(_distributions(there)))
    found = {path for one in distributions for path in _contents(one)}
    found |= {path for name in imports for path in _by_itself(name)}
    shown = [place for path in sorted(found) for place in _without_hidden(path)]
    return [*_standard_library(), *map(Path, _DEVICES), *shown]


def _without_hidden(place: Path) -> Iterator[Path]:
    """A place, or what lies in it where something of that may not be read."""
    if not any(hidden.is_relative_to(place) for hidden in _hidden()):
        yield place
    elif place not in _hidden():
        for entry in sorted(place.iterdir()):
            yield from _without_hidden(entry)


@functools.cache
def _hidden() -> tuple[Path, ...]:
    """torch's own recurrence in Python, and its compiled form: it could be run a second time."""
    spec = importlib.util.find_spec("torch")
    if spec is None or spec.origin is None:
        return ()
    texts = [Path(spec.origin).parent / name for name in _RECURRENCES]
    return (*texts, *(Path(importlib.util.cache_from_source(str(text))) for text in texts))


def _standard_library() -> list[Path]:
    """Its folders, or what lies in them where packages are installed among it."""
    folders = {Path(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib")}
    found: list[Path] = []
    for folder in sorted(path for path in folders if path.is_dir()):
        entries = sorted(folder.iterdir())
        mixed = any(entry.name in _INSTALLED for entry in entries)
        found += [e for e in entries if e.name not in _INSTALLED] if mixed else [folder]
    return found


def _distributions(modules: Iterable[str]) -> Iterator[Distribution]:
    """The installed packages that these modules belong to."""
    for module in modules:
        try:
            yield distribution(module)  # most have the module's name, and looking is slow
        except PackageNotFoundError:
            yield from map(distribution, packages_distributions().get(module, ()))


def _with_requirements(wanted: list[Distribution]) -> list[Distribution]:
    """These packages and all that they need, without what is optional."""
    found: dict[str, Distribution] = {}
    while wanted:
        one = wanted.pop()
        if one.name not in found:
            found[one.name] = one
            wanted += _requirements(one)
    return list(found.values())


def _requirements(one: Distribution) -> Iterator[Distribution]:
    for text in one.requires or ():
        required = Requirement(text)
        if required.marker is None or required.marker.evaluate({"extra": ""}):
            try:
                yield distribution(required.name)
            except PackageNotFoundError:
                continue


def _contents(one: Distribution) -> set[Path]:
    """The folders and single modules of an installed package."""
    tops = {file.parts[0] for file in one.files or () if file.parts[0] not in ("..", "/")}
    paths = (Path(str(one.locate_file(top))) for top in tops)
    return {path for path in paths if path.exists() and path.name != "__pycache__"}


def _by_itself(module: str) -> list[Path]:
    """A module that belongs to no installed package, such as one beside an exercise."""
    spec = importlib.util.find_spec(module)
    if spec is None or spec.origin is None or not Path(spec.origin).is_file():
        return []
    origin = Path(spec.origin)
    return [origin.parent if spec.submodule_search_locations else origin]
