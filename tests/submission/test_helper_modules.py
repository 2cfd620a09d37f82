"""Modules beside the main file: used where they are imported, refused where they hide others."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pytest_deeprnn.submission.prepare import Prepared
from pytest_deeprnn.submission.read import Unreadable

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
    assert found.load.folder is not None


def test_a_package_beside_makes_the_folder_importable(prepared: Prepare) -> None:
    beside = {"helper/__init__.py": "K = 1\n"}
    assert prepared(f"import helper\n{PARAMS}{STATE}{FORWARD}", beside=beside).load.folder


def test_the_folder_stays_out_of_the_path_where_nothing_is_imported(prepared: Prepare) -> None:
    found = prepared(PARAMS + STATE + FORWARD, beside={"helper.py": "K = 1\n"})
    assert found.load.folder is None


@pytest.mark.parametrize("helper", ["def rnn(:\n", "x = '\0'\n"])
def test_an_unreadable_helper_leaves_the_rest_readable(prepared: Prepare, helper: str) -> None:
    text = f"from helper import rnn\n{PARAMS}{STATE}"
    assert prepared(text, beside={"helper.py": helper}).contract.missing() == ("forward",)


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("import math", "math"),
        ("import numpy as np", "numpy"),
        ("from random import seed", "random"),
        ("x = 1", "torch"),
        ("import torch.nn as nn", "torch"),
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


@pytest.mark.parametrize("name", ["random", "numpy", "test", "json"])
def test_such_a_name_does_no_harm_where_it_is_not_imported(prepared: Prepare, name: str) -> None:
    found = prepared(PARAMS + STATE + FORWARD, beside={f"{name}.py": ""})
    assert found.contract.missing() == ()
    assert found.load.folder is None
