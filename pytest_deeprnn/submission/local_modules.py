"""The modules that a submission's main file imports: beside it, or written by it."""

from __future__ import annotations

import ast
import importlib.machinery
import itertools
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from pytest_deeprnn.sandbox.protocol.messages import Helper
from pytest_deeprnn.submission.source import Piece, Source, Unreadable, read
from pytest_deeprnn.submission.written import modules, with_packages

#: Imported long before: a file beside the submission has no say in what they are.
_NEVER_HIDDEN = {"torch", "numpy"}
#: Installed or not, the grader has a stand-in for these, and a copy beside the file goes first.
STOOD_IN = {"d2l", "d2lzh", "d2lzh_pytorch"}
#: This package: an editable install of it stands on no path that is searched below.
_OWN = __name__.partition(".")[0]
_MAX_MODULES = 200
_MAX_CHARACTERS = 5_000_000  # of all modules together


class Module(msgspec.Struct, frozen=True):
    """A module as it is sent, and why its text could not be read, where that is so."""

    helper: Helper
    error: Unreadable | None = None


def helpers(folder: Path | None, main: Path, source: Source) -> tuple[Module, ...]:
    """The modules that are imported, by the main file or by one another.

    What a notebook writes itself stands in the place of a file of that name. Raises Unreadable
    where one would hide an installed module, or where they are too much.
    """
    there = _Beside(folder, main, source)
    trees = [piece.parse() for piece in source.pieces]
    plainly = {name for tree in trees for name in names_imported(tree)}
    relatively = {name for tree in trees for name in names_imported_relatively(tree)}
    there.check_names(plainly - relatively)
    found: dict[str, tuple[Module, ...]] = {}
    waiting = (plainly | relatively) & there.names
    while waiting:
        name = min(waiting)
        found[name] = tuple(itertools.islice(there.modules(name), _MAX_MODULES + 1))
        texts = (module.helper.text for module in found[name])
        waiting = (waiting | imported(texts)) & there.names - set(found)
        _check_amount(found.values(), main)
    return tuple(itertools.chain.from_iterable(found.values()))


class _Beside:
    """What a main file may import of its own: modules in its folder, and those that it writes."""

    def __init__(self, folder: Path | None, main: Path, source: Source) -> None:
        listed = [] if folder is None else [(path, folder) for path in sorted(folder.iterdir())]
        self._folder = folder
        self._main = main
        self._files = {path.stem: path for path, of in listed if _is_module(path, of)}
        self._files.pop(main.stem if main.suffix == ".py" else "", None)
        if folder is not None and _is_package(folder):
            self._files.setdefault(folder.name, folder)  # `from net.cells import …` inside of net
        self._written = modules(source.written)

    @property
    def names(self) -> set[str]:
        """The first names of all modules, but for those that never are the learner's."""
        return ({_top(one) for one in self._written} | set(self._files)) - _NEVER_HIDDEN

    def check_names(self, imports: set[str]) -> None:
        """Refuse a module that hides an installed one; raises Unreadable."""
        for name in sorted(self.names & imports - STOOD_IN):
            if _is_installed(name, self._folder):
                file = self._files[name].name if name in self._files else f"{name}.py"
                raise Unreadable(
                    f"the module {file} beside {self._main.name} has the name of the installed "
                    f"module {name!r} and would hide it: rename it"
                )

    def modules(self, name: str) -> Iterator[Module]:
        """A module, or a package with all that stands in it."""
        files = _modules(self._files[name], name) if name in self._files else ()
        listed = itertools.islice(files, _MAX_MODULES + 1)
        found = {one.helper.name: one for one in listed}
        written = [one for one in self._written if _top(one) == name]
        found |= {one.name: _checked(one) for one in written}
        texts = with_packages(one.helper for one in found.values())
        return (found.get(one.name, Module(one)) for one in texts)


def _top(helper: Helper) -> str:
    return helper.name.split(".")[0]


def imported(texts: Iterable[str]) -> set[str]:
    """The first names of all modules that Python texts import; one that is none imports none."""
    found = set()
    for text in texts:
        try:
            tree = ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        found |= {*names_imported(tree), *names_imported_relatively(tree)}
    return found


def names_imported(node: ast.AST) -> Iterator[str]:
    """The first names of all modules that are imported anywhere in a tree."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Import):
            yield from (alias.name.split(".")[0] for alias in inner.names)
        elif isinstance(inner, ast.ImportFrom) and inner.module and not inner.level:
            yield inner.module.split(".")[0]


def names_imported_relatively(node: ast.AST) -> Iterator[str]:
    """The first names of `from .cells import forward` and `from . import cells`."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.ImportFrom) and inner.level:
            names = [inner.module] if inner.module else [alias.name for alias in inner.names]
            yield from (name.split(".")[0] for name in names)


def _check_amount(found: Iterable[tuple[Module, ...]], main: Path) -> None:
    modules = [module.helper for module in itertools.chain.from_iterable(found)]
    if len(modules) > _MAX_MODULES or sum(len(one.text) for one in modules) > _MAX_CHARACTERS:
        raise Unreadable(
            f"the modules beside {main.name} are too much: at most {_MAX_MODULES} modules and "
            f"{_MAX_CHARACTERS} characters are read"
        )


def _modules(path: Path, name: str) -> Iterator[Module]:
    if path.is_file():
        yield _read(path, Helper(name=name, filename=_shown(path, name), text="", is_package=False))
        return
    start = path / "__init__.py"
    shown = _shown(start, f"{name}.__init__")
    package = Helper(name=name, filename=shown, text="", is_package=True)
    yield _read(start, package) if start.is_file() else Module(package)
    for inner in sorted(path.iterdir()):
        if inner != start and _is_module(inner, path):
            yield from _modules(inner, f"{name}.{inner.stem}")


def _shown(path: Path, name: str) -> str:
    """The file's name as a learner knows it, from the main file's folder."""
    return name.replace(".", "/") + path.suffix


def _read(path: Path, helper: Helper) -> Module:
    """A module with its file's text."""
    try:
        pieces = read(path.resolve(), imported=True).pieces
        text = "\n".join(piece.text for piece in pieces)
    except Unreadable as error:
        return _refused(helper, error)
    return _checked(msgspec.structs.replace(helper, text=text))


def _checked(helper: Helper) -> Module:
    try:
        Piece(filename=helper.filename, text=helper.text).parse()
    except Unreadable as error:
        return _refused(helper, error)
    return Module(helper)


def _refused(helper: Helper, error: Unreadable) -> Module:
    """A module that cannot be read says so, in its own line, to who imports it."""
    text = "\n" * ((error.line or 1) - 1) + f"raise ImportError({error.message!r})\n"
    return Module(msgspec.structs.replace(helper, text=text), error)


def _is_module(path: Path, folder: Path) -> bool:
    """A Python file or a folder of such; none that a link brings in from elsewhere."""
    if not path.stem.isidentifier() or not path.resolve().is_relative_to(folder.resolve()):
        return False
    return path.suffix == ".py" or (path.is_dir() and next(path.glob("*.py"), None) is not None)


def _is_package(folder: Path) -> bool:
    """Find out whether a main file's own folder may be imported by its name."""
    is_package = folder.name.isidentifier() and (folder / "__init__.py").is_file()
    return is_package and not _is_installed(folder.name, folder)


def _is_installed(name: str, folder: Path | None) -> bool:
    """Whether Python would find a module of this name elsewhere."""
    if name in sys.stdlib_module_names or name == _OWN:
        return True
    # not what was imported under this name, which may be another submission's own module
    spec = importlib.machinery.PathFinder.find_spec(name)
    if spec is None or spec.origin is None:
        return False
    return folder is None or folder.resolve() not in Path(spec.origin).resolve().parents
