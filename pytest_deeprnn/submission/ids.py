"""Ids and names of submissions: from file names that students chose, safe as names of files."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

import msgspec

from pytest_deeprnn.core.sanitize import word

#: Bytes of UTF-8; with a number, an exercise and a suffix behind it, a file's name may have 255.
_LONGEST = 160
#: What Windows refuses in a file's name, what a shell or a link acts on where the name is pasted,
#: and the brackets of what was made visible.
_REFUSED = re.compile(r'[<>:"/\\|?*⟨⟩`$;&#%]+')
#: Devices on Windows, whatever suffix follows, and pages that are about all submissions.
_RESERVED = re.compile(
    r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)|(index|grades)$",
    re.IGNORECASE,
)
_HIDING = ("-", ".", "~")  # taken for an option, hidden, or somebody's home
_JOINERS = re.compile("[\u200c\u200d]")


class Named(msgspec.Struct, frozen=True):
    """A submission's id, which its report's files are called by, and its name in node ids."""

    id: str
    name: str


class Placed(msgspec.Struct, frozen=True):
    """Where a main file is: its path from the folder that was named, and its full path."""

    relative: str
    full: Path


def named(found: Sequence[Placed]) -> list[Named]:
    """Name all submissions of a run after their files, each differently."""
    return _unique(_names(found))


def file_stem(text: str) -> str:
    """Write a text so that it can begin a file's name on any system."""
    shown = _REFUSED.sub("_", word(unicodedata.normalize("NFC", text)))
    stem = " ".join(shown.split())
    if stem.startswith(_HIDING) or _RESERVED.match(stem):
        stem = f"_{stem}"
    return stem.encode()[:_LONGEST].decode(errors="ignore").rstrip(" .") or "_"


def fresh(name: str, taken: set[str]) -> str:
    """The name, or name_2, name_3 … where a file of that name would be there already."""
    found = next(variant for variant in _variants(name) if _same(variant) not in taken)
    taken.add(_same(found))
    return found


def _same(name: str) -> str:
    """What names have in common that some system, or a reader, takes for one."""
    folded = unicodedata.normalize("NFKC", _JOINERS.sub("", name)).casefold()
    return unicodedata.normalize("NFKC", folded)


def _variants(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name}_{number}" for number in itertools.count(2))


def _id(name: str) -> str:
    return file_stem(str(PurePosixPath(name).with_suffix("")).replace("/", "__"))


def _names(found: Sequence[Placed]) -> list[str]:
    """File names, and longer and longer paths for those whose ids clash."""
    names = _replace_clashing([one.full.name for one in found], [one.relative for one in found])
    clashing = _clashes(names)
    common = _common_folder(list(itertools.compress((one.full for one in found), clashing)))
    names = [
        one.full.relative_to(common).as_posix() if clashes else name
        for name, one, clashes in zip(names, found, clashing, strict=True)
    ]
    return _replace_clashing(names, [_with_suffix_in_stem(name) for name in names])


def _clashes(names: list[str]) -> list[bool]:
    ids = [_same(_id(name)) for name in names]
    counts = Counter(ids)
    return [counts[one] > 1 for one in ids]


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


def _unique(names: list[str]) -> list[Named]:
    """Number the names whose ids still clash, such as a__s.py beside a/s.py."""
    taken: set[str] = set()
    return [_named(name, fresh(_id(name), taken)) for name in names]


def _named(name: str, id_: str) -> Named:
    """Where the id had to be another one the name is, too."""
    path = PurePosixPath(name)
    return Named(id_, word(name) if _id(name) == id_ else f"{id_}{path.suffix}")
