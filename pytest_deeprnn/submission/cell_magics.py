"""Reads the first line of a cell that begins with a magic: %%time, %%writefile net.py, %%bash, …"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

_WRITES = frozenset(("writefile", "file"))
#: A cell under these is no Python, or is none that the notebook itself runs.
_OTHERS = """
    bash sh shell script cmd powershell system sx ! html HTML javascript js latex markdown svg
    perl ruby R bigquery sql sparksql scala julia octave matlab cython cython_inline pypy
    python python2 python3 skip ai gemini chat tikz dot graphviz mermaid css cpp c cu cuda
"""
_LEFT_OUT = frozenset(_OTHERS.split())
#: Where Colab starts. Of any other whole path the folder is lost: the file's name is imported.
_HOME = "/content/"
_DRIVE = "/content/drive/"
_PATH = re.compile(r"(?:[A-Za-z_]\w*/)*[A-Za-z_]\w*\.py")

Kind = Literal["python", "maybe python", "file", "left out"]


@dataclass(frozen=True)
class CellMagic:
    """What the first line of a cell makes of the rest.

    `path` is the module's file that it writes, from the notebook's folder, and `adds` that it goes
    behind what is there.
    """

    kind: Kind
    path: str = ""
    adds: bool = False


def cell_magic(name: str, arguments: str) -> CellMagic:
    """Say what becomes of a cell's text under a magic; one that nobody knows may be Python."""
    if name in _WRITES:
        words = _words(arguments)
        path = _module_path(words[-1] if words else "")
        adds = bool({"-a", "--append"} & set(words[:-1]))
        return CellMagic("file", path, adds) if path else CellMagic("left out")
    if name in _LEFT_OUT:
        return CellMagic("left out")
    return CellMagic("python" if name in PYTHON else "maybe python")


#: Magics that run the cell's text as Python, in the notebook.
PYTHON = frozenset(("time", "timeit", "capture", "prun"))


def split(text: str) -> tuple[CellMagic, int] | None:
    """Find the magic that a cell begins with, and the number of lines up to it."""
    lines = text.split("\n")
    for number, line in enumerate(lines, start=1):
        if line.strip():
            if not line.lstrip().startswith("%%"):
                return None
            name, _, arguments = line.strip()[2:].partition(" ")
            return cell_magic(name.strip(), arguments), number
    return None


def module_of(words: str) -> str | None:
    """The module that `%run net.py -v` runs, by its dotted name; None where it is no module."""
    for word in _words(words):
        if not word.startswith("-"):
            path = _module_path(word if word.endswith(".py") else f"{word}.py")
            return path.removesuffix(".py").replace("/", ".") or None
    return None


def _module_path(word: str) -> str:
    """A path below the notebook's folder that can be imported from, "" for any other."""
    path = word if word.startswith(_DRIVE) else word.removeprefix(_HOME)
    path = PurePosixPath(path).name if path.startswith(("/", "~")) else path
    path = path.removeprefix("./")
    return path if _PATH.fullmatch(path) else ""


def _words(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError:  # a quote that nothing ends
        return text.split()
