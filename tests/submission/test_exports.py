"""What a module gives on is followed to where it is defined."""

from __future__ import annotations

import pytest

from pytest_deeprnn.sandbox.protocol.messages import Helper
from pytest_deeprnn.submission.exports import exports


def found(name: str, texts: dict[str, str]) -> dict[str, tuple[str, int]]:
    """The names that a module gives, each with the file and line of its definition."""
    beside = {
        file.removesuffix(".py").removesuffix("/__init__").replace("/", "."): Helper(
            name=file.removesuffix(".py").removesuffix("/__init__").replace("/", "."),
            filename=file,
            text=text,
            is_package=file.endswith("__init__.py"),
        )
        for file, text in texts.items()
    }
    given = exports(name, beside)
    return {name: (one.helper.filename, one.node.lineno) for name, one in given.items()}


CELL = "\ndef cell(x): return x\ndef _own(x): return x\n"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("from .cells import *", {"cell"}),
        ("from .cells import cell", {"cell"}),
        ("from .cells import cell as step", {"step"}),
        ("from net.cells import cell", {"cell"}),
        ("from . import cells", set()),
        ("from .cells import gone", set()),
        ("from .gone import *", set()),
        ("from .cells import cell\nforward = again = cell", {"cell", "forward", "again"}),
    ],
)
def test_imports_of_a_package_are_followed(text: str, names: set[str]) -> None:
    given = found("net", {"net/__init__.py": text, "net/cells.py": CELL})
    assert given == dict.fromkeys(names, ("net/cells.py", 2))


def test_modules_in_one_folder_are_followed_too() -> None:
    texts = {"net.py": "from cells import *\nfrom .more import f\n", "cells.py": CELL}
    given = found("net", {**texts, "more.py": "def f(): pass\n"})
    assert given == {"cell": ("cells.py", 2), "f": ("more.py", 1)}


def test_the_last_definition_of_a_name_counts() -> None:
    texts = {"net.py": "from cells import cell\n\ndef cell(y): return y\n", "cells.py": CELL}
    assert found("net", texts) == {"cell": ("net.py", 3)}


def test_modules_that_import_one_another_come_to_an_end() -> None:
    names = [f"m{number}" for number in range(60)]
    everything = "".join(f"from {name} import *\n" for name in names)
    texts = {f"{name}.py": f"{everything}def f_{name}(): pass\n" for name in names}
    assert found("m0", texts)["f_m0"] == ("m0.py", 61)
