"""Which submissions a path holds: a file, a folder of them, or a zip."""

from __future__ import annotations

import hashlib
import tempfile
import zipfile
from pathlib import Path, PurePosixPath

import msgspec

SUFFIXES = (".py", ".ipynb")
MAIN_STEMS = ("student", "submission", "solution", "main", "answer", "homework")
_NOT_SUBMISSIONS = {"conftest.py", "__init__.py", "setup.py"}
_ZIP_LIMIT = 500 * 1024 * 1024


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
        """The hash of the main file's bytes."""
        return hashlib.sha256(Path(self.path).read_bytes()).hexdigest()


class _Found(msgspec.Struct, frozen=True, kw_only=True):
    """A main file with the place it was found under."""

    main: Path
    folder: Path | None
    root: Path


def discover(paths: list[str], workspace: Path | None = None) -> list[Submission]:
    """Find the submissions that the paths hold, in order and each once.

    A zip is unpacked into `workspace` (a fresh temporary folder by default). Raises
    NoSubmission where a path is missing, of another kind, or empty.
    """
    found: dict[Path, _Found] = {}
    for path in paths:
        for one in _in_path(Path(path), workspace):
            found.setdefault(one.main.resolve(), one)
    names = _names(list(found.values()))
    return [
        Submission(
            id=str(PurePosixPath(name).with_suffix("")).replace("/", "__"),
            name=name,
            path=str(one.main.resolve()),
            folder=None if one.folder is None else str(one.folder.resolve()),
            given=str(one.main),
        )
        for one, name in zip(found.values(), names, strict=True)
    ]


def _in_path(path: Path, workspace: Path | None) -> list[_Found]:
    if not path.exists():
        raise NoSubmission(f"submission {path}: there is no such file or folder")
    if path.is_dir():
        return _in_folder(path)
    if path.suffix == ".zip":
        return _in_folder(_unpack(path, workspace or Path(tempfile.mkdtemp(prefix="deeprnn-"))))
    if path.suffix not in SUFFIXES:
        raise NoSubmission(f"submission {path}: expected a .py, .ipynb or .zip file, or a folder")
    return [_Found(main=path, folder=path.parent, root=path.parent)]


def _in_folder(folder: Path) -> list[_Found]:
    """Files are submissions of their own; a folder inside is one submission."""
    found = []
    for entry in sorted(folder.iterdir()):
        if _is_source(entry):
            found.append(_Found(main=entry, folder=None, root=folder))
        elif entry.is_dir() and not entry.name.startswith((".", "__")):
            main = _main_file(entry)
            if main is not None:
                found.append(_Found(main=main, folder=main.parent, root=folder))
    if not found:
        raise NoSubmission(f"submission {folder}: the folder holds no .py or .ipynb file")
    return found


def _is_source(path: Path) -> bool:
    return (
        path.is_file()
        and path.suffix in SUFFIXES
        and not path.name.startswith(".")
        and path.name not in _NOT_SUBMISSIONS
    )


def _main_file(folder: Path) -> Path | None:
    """The file that a student's folder is about: by its usual name, else the one with a forward."""
    sources = sorted(entry for entry in folder.iterdir() if _is_source(entry))
    if not sources:
        inner = sorted(entry for entry in folder.iterdir() if entry.is_dir())
        return next((main for entry in inner if (main := _main_file(entry)) is not None), None)
    for stem in MAIN_STEMS:
        for source in sources:
            if source.stem.lower() == stem:
                return source
    return max(sources, key=_looks_like_contract)


def _looks_like_contract(path: Path) -> int:
    text = path.read_bytes()[:200_000].lower()
    return sum(word in text for word in (b"param", b"state", b"def ", b"forward"))


def _unpack(archive: Path, folder: Path) -> Path:
    """Unpack a zip; entries that lead outside, links and what is too large are refused."""
    try:
        with zipfile.ZipFile(archive) as opened:
            entries = [entry for entry in opened.infolist() if not entry.is_dir()]
            if sum(entry.file_size for entry in entries) > _ZIP_LIMIT:
                raise NoSubmission(f"submission {archive}: unpacks to more than {_ZIP_LIMIT} bytes")
            target = folder / archive.stem
            for entry in entries:
                _unpack_entry(opened, entry, target, archive)
    except (zipfile.BadZipFile, OSError) as error:
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
    """Short names with their suffix where they are unique, else paths from the given folder."""
    short = [one.main.name for one in found]
    stems = [one.main.stem for one in found]
    if len(set(stems)) == len(stems):
        return short
    relative = [one.main.relative_to(one.root).as_posix() for one in found]
    clashing = [
        name if stems.count(one.main.stem) > 1 else one.main.name
        for one, name in zip(found, relative, strict=True)
    ]
    ids = [str(PurePosixPath(name).with_suffix("")) for name in clashing]
    if len(set(ids)) == len(ids):
        return clashing
    common = _common_folder([one.main.resolve() for one in found])
    full = [one.main.resolve().relative_to(common).as_posix() for one in found]
    return _told_apart(full)


def _common_folder(paths: list[Path]) -> Path:
    common = paths[0].parent
    while not all(path.is_relative_to(common) for path in paths):
        common = common.parent
    return common


def _told_apart(names: list[str]) -> list[str]:
    """a.py and a.ipynb side by side differ by their suffix only: keep it in the id."""
    ids = [str(PurePosixPath(name).with_suffix("")) for name in names]
    return [
        f"{name.replace('.', '_')}{PurePosixPath(name).suffix}" if ids.count(stem) > 1 else name
        for name, stem in zip(names, ids, strict=True)
    ]
