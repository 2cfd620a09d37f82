"""Which submissions a path holds: a file, a folder of them, or a zip."""

from __future__ import annotations

import hashlib
import itertools
import lzma
import tempfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import msgspec

SUFFIXES = (".py", ".ipynb")
MAIN_STEMS = ("student", "submission", "solution", "main", "answer", "homework")
_NOT_SUBMISSIONS = {"conftest.py", "__init__.py", "setup.py"}
_ZIP_LIMIT = 500 * 1024 * 1024
#: RuntimeError: encrypted, or packed by a method that zipfile does not know.
_BAD_ZIP = (zipfile.BadZipFile, OSError, RuntimeError, zlib.error, lzma.LZMAError, EOFError)


class NoSubmission(Exception):
    """A path that is named as a submission but holds none; the text is one line for the user."""


class Submission(msgspec.Struct, frozen=True, kw_only=True):
    """One student's work: a main file, and its folder where helper modules may stand beside it."""

    id: str
    name: str
    path: str
    folder: str | None = None
    given: str

    def sha256(self) -> str:
        """The hash of the main file's bytes, empty where they cannot be read."""
        try:
            return hashlib.sha256(Path(self.path).read_bytes()).hexdigest()
        except OSError:
            return ""


class _Found(msgspec.Struct, frozen=True, kw_only=True):
    """A main file with the place it was found under; a zip's `place` is that of the zip itself."""

    main: Path
    folder: Path | None
    root: Path
    place: Path

    @property
    def relative(self) -> str:
        """The path from the place that was named."""
        return self.main.relative_to(self.root).as_posix()


def discover(paths: list[str], workspace: Path | None = None) -> list[Submission]:
    """Find the submissions that the paths hold, in order and each once.

    A zip is unpacked into `workspace` (a fresh temporary folder by default). Raises
    NoSubmission where a path is missing, of another kind, or empty.
    """
    unpacked = _unpack_folders([Path(path) for path in paths], workspace)
    found: dict[Path, _Found] = {}
    for path in paths:
        for one in _in_path(Path(path), unpacked):
            found.setdefault(one.main.resolve(), one)
    names = _unique(_names(list(found.values())))
    return [
        Submission(
            id=_id(name),
            name=name,
            path=str(one.main.resolve()),
            folder=None if one.folder is None else str(one.folder.resolve()),
            given=str(one.main),
        )
        for one, name in zip(found.values(), names, strict=True)
    ]


def _in_path(path: Path, unpacked: dict[Path, Path]) -> list[_Found]:
    if not path.exists():
        raise NoSubmission(f"submission {path}: there is no such file or folder")
    place = path.resolve()
    if path.is_dir():
        return _in_folder(path, place)
    if place in unpacked:
        return _in_folder(_unpack(path, unpacked[place]), place.with_suffix(""))
    if path.suffix.lower() not in SUFFIXES:
        raise NoSubmission(f"submission {path}: expected a .py, .ipynb or .zip file, or a folder")
    return [_Found(main=path, folder=path.parent, root=path.parent, place=place.parent)]


def _unpack_folders(paths: list[Path], workspace: Path | None) -> dict[Path, Path]:
    """A folder of its own for each zip, also where two have one name."""
    zips = {path.resolve() for path in paths if path.suffix.lower() == ".zip" and path.is_file()}
    if not zips:
        return {}
    base = workspace or Path(tempfile.mkdtemp(prefix="deeprnn-"))
    taken: set[str] = set()
    return {archive: base / _fresh(archive.stem, taken) for archive in sorted(zips)}


def _in_folder(folder: Path, place: Path) -> list[_Found]:
    """Files are submissions of their own; a folder inside is one submission."""
    found = []
    for entry in sorted(folder.iterdir()):
        if _is_source(entry):
            found.append(_Found(main=entry, folder=None, root=folder, place=place))
        elif _is_folder(entry):
            main = _main_file(entry)
            if main is not None:
                found.append(_Found(main=main, folder=main.parent, root=folder, place=place))
    if not found:
        raise NoSubmission(f"submission {folder}: the folder holds no .py or .ipynb file")
    return found


def _is_folder(path: Path) -> bool:
    """Whether a student made this folder: not .ipynb_checkpoints, __pycache__ and the like."""
    return path.is_dir() and not path.name.startswith((".", "__"))


def _is_source(path: Path) -> bool:
    return (
        path.is_file()
        and path.suffix.lower() in SUFFIXES
        and not path.name.startswith(".")
        and path.name not in _NOT_SUBMISSIONS
    )


def _main_file(folder: Path) -> Path | None:
    """The file that a student's folder is about: by its usual name, else the one with a forward."""
    sources = sorted(entry for entry in folder.iterdir() if _is_source(entry))
    if not sources:
        inner = sorted(entry for entry in folder.iterdir() if _is_folder(entry))
        return next((main for entry in inner if (main := _main_file(entry)) is not None), None)
    for stem in MAIN_STEMS:
        for source in sources:
            if source.stem.lower() == stem:
                return source
    return max(sources, key=_looks_like_contract)


def _looks_like_contract(path: Path) -> int:
    text = path.read_bytes()[:200_000].lower()
    return sum(word in text for word in (b"param", b"state", b"def ", b"forward"))


def _unpack(archive: Path, target: Path) -> Path:
    """Unpack a zip; entries that lead outside, links and what is too large are refused."""
    try:
        with zipfile.ZipFile(archive) as opened:
            entries = [entry for entry in opened.infolist() if not entry.is_dir()]
            if sum(entry.file_size for entry in entries) > _ZIP_LIMIT:
                raise NoSubmission(f"submission {archive}: unpacks to more than {_ZIP_LIMIT} bytes")
            for entry in entries:
                _unpack_entry(opened, entry, target, archive)
    except _BAD_ZIP as error:
        raise NoSubmission(f"submission {archive}: not a readable zip file ({error})") from None
    if not target.is_dir():
        raise NoSubmission(f"submission {archive}: the zip holds no file")
    inner = [entry for entry in target.iterdir() if not entry.name.startswith((".", "__"))]
    only_folder = len(inner) == 1 and inner[0].is_dir()
    return inner[0] if only_folder else target


def _unpack_entry(
    opened: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path, archive: Path
) -> None:
    name = PurePosixPath(entry.filename.replace("\\", "/"))
    if name.is_absolute() or ".." in name.parts:
        raise NoSubmission(f"submission {archive}: entry {entry.filename!r} leads outside the zip")
    place = target.joinpath(*name.parts)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(opened.read(entry))


def _names(found: list[_Found]) -> list[str]:
    """File names, and longer and longer paths for those whose ids clash."""
    names = [one.main.name for one in found]
    names = _replace_clashing(names, [one.relative for one in found])
    full = [one.place / one.relative for one in found]
    common = _common_folder(list(itertools.compress(full, _clashes(names))))
    names = [
        path.relative_to(common).as_posix() if clashes else name
        for name, path, clashes in zip(names, full, _clashes(names), strict=True)
    ]
    return _replace_clashing(names, [_with_suffix_in_stem(name) for name in names])


def _id(name: str) -> str:
    return str(PurePosixPath(name).with_suffix("")).replace("/", "__")


def _clashes(names: list[str]) -> list[bool]:
    ids = Counter(map(_id, names))
    return [ids[_id(name)] > 1 for name in names]


def _replace_clashing(names: list[str], longer: list[str]) -> list[str]:
    return [
        long if clashes else name
        for name, long, clashes in zip(names, longer, _clashes(names), strict=True)
    ]


def _common_folder(paths: list[Path]) -> Path:
    common = paths[0].parent if paths else Path()
    while not all(path.is_relative_to(common) for path in paths):
        common = common.parent
    return common


def _with_suffix_in_stem(name: str) -> str:
    """a.py and a.ipynb side by side differ by their suffix only: keep it in the id."""
    return name.replace(".", "_") + PurePosixPath(name).suffix


def _unique(names: list[str]) -> list[str]:
    """Number the names whose ids still clash, such as a__s.py beside a/s.py."""
    taken: set[str] = set()
    fresh = [_fresh(_id(name), taken) for name in names]
    return [
        name if _id(name) == id_ else id_ + PurePosixPath(name).suffix
        for name, id_ in zip(names, fresh, strict=True)
    ]


def _fresh(name: str, taken: set[str]) -> str:
    """The name, or name_2, name_3 … where it is taken already."""
    fresh = next(variant for variant in _variants(name) if variant not in taken)
    taken.add(fresh)
    return fresh


def _variants(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name}_{number}" for number in itertools.count(2))
