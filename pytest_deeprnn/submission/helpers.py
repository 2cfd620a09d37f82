"""The modules that stand beside a submission's main file and that it imports."""

from __future__ import annotations

import ast
import importlib.machinery
import itertools
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from pytest_deeprnn.submission.read import Unreadable, read
from pytest_deeprnn.worker.messages import Helper

#: Imported long before: a file beside the submission has no say in what they are.
_NEVER_HIDDEN = {"torch", "numpy"}
#: Installed or not, the grader has a stand-in for these, and a copy beside the file goes first.
STOOD_IN = {"d2l", "d2lzh", "d2lzh_pytorch"}
#: This package: an editable install of it stands on no path that is searched below.
_OWN = __name__.partition(".")[0]
_MAX_MODULES = 200
_MAX_CHARACTERS = 5_000_000  # of all modules together


def helpers(folder: Path | None, main: Path, imports: set[str]) -> tuple[Helper, ...]:
    """The texts of the modules beside `main` that are imported, by it or by one another.

    Raises Unreadable where one would hide an installed module, or where they are too much.
    """
    if folder is None:
        return ()
    beside = {path.stem: path for path in sorted(folder.iterdir()) if _is_module(path, folder)}
    beside.pop(main.stem if main.suffix == ".py" else "", None)
    for name in beside:
        if name in imports - _NEVER_HIDDEN - STOOD_IN and _is_installed(name, folder):
            raise Unreadable(
                f"{beside[name].name} beside {main.name} has the name of the installed module "
                f"{name!r} and would hide it: rename it"
            )
    found: dict[str, tuple[Helper, ...]] = {}
    waiting = imports & set(beside) - _NEVER_HIDDEN
    while waiting:
        name = min(waiting)
        found[name] = tuple(itertools.islice(_modules(beside[name], name), _MAX_MODULES + 1))
        texts = (helper.text for helper in found[name])
        waiting = (waiting | imported(texts) & set(beside)) - set(found) - _NEVER_HIDDEN
        _check_amount(found.values(), main)
    return tuple(itertools.chain.from_iterable(found.values()))


def imported(texts: Iterable[str]) -> set[str]:
    """The first names of all modules that Python texts import; one that is none imports none."""
    found = set()
    for text in texts:
        try:
            found |= set(names_imported(ast.parse(text)))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
    return found


def names_imported(node: ast.AST) -> Iterator[str]:
    """The first names of all modules that are imported anywhere in a tree."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Import):
            yield from (alias.name.split(".")[0] for alias in inner.names)
        elif isinstance(inner, ast.ImportFrom) and inner.module and not inner.level:
            yield inner.module.split(".")[0]


def _check_amount(found: Iterable[tuple[Helper, ...]], main: Path) -> None:
    modules = list(itertools.chain.from_iterable(found))
    if len(modules) > _MAX_MODULES or sum(len(one.text) for one in modules) > _MAX_CHARACTERS:
        raise Unreadable(
            f"the modules beside {main.name} are too much: at most {_MAX_MODULES} modules and "
            f"{_MAX_CHARACTERS} characters are read"
        )


def _modules(path: Path, name: str) -> Iterator[Helper]:
    """A module, or a package with all that stands in it."""
    if path.is_file():
        yield Helper(name=name, filename=_shown(path, name), text=_text(path), is_package=False)
        return
    start = path / "__init__.py"
    text = _text(start) if start.is_file() else ""
    yield Helper(name=name, filename=_shown(start, f"{name}.__init__"), text=text, is_package=True)
    for inner in sorted(path.iterdir()):
        if inner != start and _is_module(inner, path):
            yield from _modules(inner, f"{name}.{inner.stem}")


def _shown(path: Path, name: str) -> str:
    """The file's name as a learner knows it, from the main file's folder."""
    return name.replace(".", "/") + path.suffix


def _text(path: Path) -> str:
    """A module's text; one that cannot be read says so to who imports it."""
    try:
        return read(path.resolve(), imported=True).pieces[0].text
    except Unreadable as error:
        where = "" if error.line is None else f", line {error.line}"
        return f"raise ImportError({f'{path.name}{where}: {error.message}'!r})\n"


def _is_module(path: Path, folder: Path) -> bool:
    """A Python file or a folder of such; none that a link brings in from elsewhere."""
    if not path.stem.isidentifier() or not path.resolve().is_relative_to(folder.resolve()):
        return False
    return path.suffix == ".py" or (path.is_dir() and next(path.glob("*.py"), None) is not None)


def _is_installed(name: str, folder: Path) -> bool:
    """Whether Python would find a module of this name elsewhere."""
    if name in sys.stdlib_module_names or name == _OWN:
        return True
    # not what was imported under this name, which may be another submission's own module
    spec = importlib.machinery.PathFinder.find_spec(name)
    if spec is None or spec.origin is None:
        return False
    return folder.resolve() not in Path(spec.origin).resolve().parents
