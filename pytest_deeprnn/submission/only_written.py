"""Takes a module that a notebook writes, and only runs as a script, for its answer."""

from __future__ import annotations

import ast

import msgspec

from pytest_deeprnn.submission import piece_names
from pytest_deeprnn.submission.pieces import Piece, Source


def with_what_is_only_written(source: Source) -> Source:
    """Import the modules of a notebook that neither imports one of them nor defines anything."""
    return source if not source.written or _uses_its_own(source) else _with_import(source)


def _uses_its_own(source: Source) -> bool:
    """Find out whether a notebook defines something, or imports a module that it writes."""
    own = {one.path.removesuffix(".py").split("/")[0] for one in source.written}
    for piece in source.pieces:
        for node in ast.walk(piece.parse()):
            if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda):
                return True
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if any(name.split(".")[0] in own for name in names):
                return True
    return False


def _with_import(source: Source) -> Source:
    """Import what a notebook only writes: there it is run as a script, `!python net.py`."""
    imports = []
    for one in source.written:
        name = one.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        piece = Piece(filename=one.filename, text=f"from {name} import *\n")
        cell = piece_names.spot(one.filename, None).cell
        imports.append(msgspec.structs.replace(piece, cell=cell))
    return msgspec.structs.replace(source, pieces=(*source.pieces, *imports))
