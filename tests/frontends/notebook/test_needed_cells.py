"""Which executed cells are taken for a learner's answer."""

from __future__ import annotations

from pytest_deeprnn.frontends.notebook.history import needed

ANSWER = {"forward"}


def test_helpers_and_globals_of_other_cells() -> None:
    cells = ["import torch\nk = 2", "def helper(x):\n    return k * x", "loss = train()"]
    assert needed([*cells, "def forward(x):\n    return helper(x)"], ANSWER) == [0, 1, 3]


def test_a_definition_made_anew_replaces_the_old_one() -> None:
    tries = [f"def forward(x):\n    return {n} * helper(x)" for n in range(200)]
    cells = ["def helper(x):\n    return x", *tries]
    assert needed(cells, ANSWER) == [0, 200]


def test_a_cell_that_ran_many_times() -> None:
    functions = "def helper(x):\n    return k * x\ndef forward(x):\n    return helper(x)"
    cell = f"import torch\nk = 2\n{functions}"
    assert needed([cell] * 50, ANSWER) == [49]


def test_what_was_used_before_it_was_made_anew_stays() -> None:
    cells = [
        "def size():\n    return base()",
        "def base():\n    return 3",
        "h = size()",
        "def base():\n    return 5",
        "def forward(x):\n    return x * h + base()",
    ]
    assert needed(cells, ANSWER) == [0, 1, 2, 3, 4]


def test_changes_in_place_stay_with_what_they_change() -> None:
    cells = ["sizes = [1]", "sizes = []", "sizes.append(3)", "def forward(x):\n    return sizes"]
    assert needed(cells, ANSWER) == [1, 2, 3]


def test_cells_that_python_cannot_read_are_left_out() -> None:
    cells = ["def forward(x) return x", "%%bash\nls", "%%time\ndef forward(x):\n    return x"]
    assert needed(cells, ANSWER) == [2]


def test_a_star_import_may_bring_anything() -> None:
    cells = ["from torch import *", "def forward(x):\n    return tanh(x)"]
    assert needed(cells, ANSWER) == [0, 1]
