"""How a function may be defined: plainly, by another name, decorated, twice, under a condition."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pytest_deeprnn.submission.discover import Submission
from pytest_deeprnn.submission.function import Function
from pytest_deeprnn.submission.prepare import Prepared, prepare

Prepare = Callable[..., Prepared]

REST = """
def get_params(vocab_size, num_hiddens, device): return []
def init_state(batch_size, num_hiddens, device): return ()
"""


def forward_of(found: Prepared) -> Function:
    assert found.contract.forward is not None
    return found.contract.forward.function


@pytest.mark.parametrize(
    ("definition", "name", "line"),
    [
        ("def forward(inputs, state, params): pass", "forward", 1),
        ("forward = lambda inputs, state, params: (inputs, state)", "forward", 1),
        ("@staticmethod\n@decorated(1)\ndef forward(inputs, state, params): pass", "forward", 3),
        ("def work(inputs, state, params): pass\nforward = work", "forward", 1),
        ("if True:\n    def forward(inputs, state, params): pass", "forward", 2),
        ("try:\n    def forward(inputs, state, params): pass\nfinally:\n    pass", "forward", 2),
        ("def forward(x): pass\ndef forward(inputs, state, params): pass", "forward", 2),
        ("def forward(inputs: T, state: 'S', params=()) -> T: pass", "forward", 1),
    ],
)
def test_forward_is_found_however_it_is_defined(
    prepared: Prepare, definition: str, name: str, line: int
) -> None:
    found = forward_of(prepared(definition + REST))
    assert (found.name, found.line, found.file) == (name, line, None)


def test_the_last_definition_of_a_name_gives_the_signature(prepared: Prepare) -> None:
    again = "def init_state(n_hid, bs): return ()\n"
    binding = prepared("def forward(inputs, state, params): pass" + REST + again).contract
    assert binding.init_state is not None
    assert binding.init_state.keyword == {"n_hid": "hiddens", "bs": "batch"}


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("# nothing", ("get_params", "init_state", "forward")),
        ("x = 1", ("get_params", "init_state", "forward")),
        (REST, ("forward",)),
        (REST + "def forward(inputs, params): pass", ("forward",)),
        (REST + "class forward: pass", ("forward",)),
        (REST + "async def forward(inputs, state, params): pass", ("forward",)),
        ("def rnn(inputs, state, params): pass", ("get_params", "init_state")),
        ("class Net:\n    def forward(self, inputs, state): pass" + REST, ("forward",)),
    ],
)
def test_missing_functions_are_named(
    prepared: Prepare, text: str, missing: tuple[str, ...]
) -> None:
    assert prepared(text).contract.missing() == missing


def test_functions_are_found_across_cells_of_a_notebook(
    read_cells: Callable[..., object], tmp_path: Path
) -> None:
    first, second = REST.strip().splitlines()
    read_cells(first, second, "def rnn(inputs, state, params): pass")
    path = tmp_path / "student/nb.ipynb"
    found = prepare(
        Submission(id="nb", name="nb.ipynb", path=str(path), given=str(path)), frozenset()
    )
    assert found.contract.missing() == ()
    assert [unit.run for unit in found.load.units] == [((0,),), ((0,),), ((0,),)]
    assert [binding.function.piece for _, binding in found.contract.bindings()] == [0, 1, 2]
