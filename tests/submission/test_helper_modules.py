"""Modules beside the main file: used where they are imported, refused where they hide others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pytest_deeprnn.submission.prepare import Prepared
from pytest_deeprnn.submission.source import Unreadable

Prepare = Callable[..., Prepared]

PARAMS = "def get_params(vocab_size, num_hiddens, device): return []\n"
STATE = "def init_state(batch_size, num_hiddens, device): return ()\n"
FORWARD = "def rnn(inputs, state, params): return inputs, state\n"


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("from helper import rnn", "rnn"),
        ("from helper import rnn as forward", "forward"),
        ("from helper import *", "rnn"),
    ],
)
def test_a_function_imported_from_beside_is_found(
    prepared: Prepare, statement: str, name: str
) -> None:
    found = prepared(f"{statement}\n{PARAMS}{STATE}", beside={"helper.py": "\n" + FORWARD})
    assert found.contract.forward is not None
    function = found.contract.forward.function
    assert (function.name, function.line, function.file) == (name, 2, "helper.py")
    assert [helper.name for helper in found.load.helpers] == ["helper"]


def test_a_package_beside_is_sent_whole(prepared: Prepare) -> None:
    beside = {"helper/__init__.py": "K = 1\n", "helper/inner/cells.py": "", "helper/data.csv": "1"}
    found = prepared(f"import helper\n{PARAMS}{STATE}{FORWARD}", beside=beside)
    assert [(one.name, one.filename, one.text, one.is_package) for one in found.load.helpers] == [
        ("helper", "helper/__init__.py", "K = 1\n", True),
        ("helper.inner", "helper/inner/__init__.py", "", True),
        ("helper.inner.cells", "helper/inner/cells.py", "", False),
    ]


def test_what_a_helper_imports_is_sent_as_well(prepared: Prepare) -> None:
    beside = {"helper.py": "def f():\n    import more\n", "more.py": "K = 1\n", "rest.py": ""}
    found = prepared(f"import helper\n{PARAMS}{STATE}{FORWARD}", beside=beside)
    assert sorted(one.name for one in found.load.helpers) == ["helper", "more"]


def test_a_link_to_another_folder_is_no_helper(prepared: Prepare, tmp_path: Path) -> None:
    other = tmp_path / "other.py"
    other.write_text("K = 1\n", encoding="utf-8")
    (tmp_path / "student").mkdir()
    (tmp_path / "student" / "helper.py").symlink_to(other)
    found = prepared(f"import helper\n{PARAMS}{STATE}{FORWARD}")
    assert found.load.helpers == ()


def test_too_many_helpers_are_told_in_one_line(prepared: Prepare) -> None:
    beside = {f"helper/m{number}.py": "" for number in range(300)}
    with pytest.raises(Unreadable, match="at most 200 modules"):
        prepared(f"import helper\n{PARAMS}{STATE}{FORWARD}", beside=beside)


def test_what_is_not_imported_is_not_sent(prepared: Prepare) -> None:
    found = prepared(PARAMS + STATE + FORWARD, beside={"helper.py": "K = 1\n"})
    assert found.load.helpers == ()


@pytest.mark.parametrize("helper", ["def rnn(:\n", "x = '\0'\n"])
def test_an_unreadable_helper_leaves_the_rest_readable(prepared: Prepare, helper: str) -> None:
    text = f"from helper import rnn\n{PARAMS}{STATE}"
    assert prepared(text, beside={"helper.py": helper}).contract.missing() == ("forward",)


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("import math", "math"),
        ("from random import seed", "random"),
        ("def f():\n    import json", "json"),
        ("import pytest_deeprnn", "pytest_deeprnn"),
    ],
)
def test_a_helper_that_hides_an_installed_module_is_refused(
    prepared: Prepare, statement: str, name: str
) -> None:
    text = f"{statement}\n{PARAMS}{STATE}{FORWARD}"
    with pytest.raises(Unreadable, match=f"{name}.py beside student.py .* rename it"):
        prepared(text, beside={f"{name}.py": ""})


@pytest.mark.parametrize(
    ("statement", "name"),
    [("import torch.nn as nn", "torch"), ("import numpy as np", "numpy"), ("x = 1", "torch")],
)
def test_what_is_imported_already_cannot_be_hidden(
    prepared: Prepare, statement: str, name: str
) -> None:
    beside = {f"{name}.py": "raise SystemExit\n"}
    assert prepared(f"{statement}\n{PARAMS}{STATE}{FORWARD}", beside=beside).load.helpers == ()


@pytest.mark.parametrize("name", ["random", "numpy", "test", "json"])
def test_such_a_name_does_no_harm_where_it_is_not_imported(prepared: Prepare, name: str) -> None:
    found = prepared(PARAMS + STATE + FORWARD, beside={f"{name}.py": ""})
    assert found.contract.missing() == ()
    assert found.load.helpers == ()
