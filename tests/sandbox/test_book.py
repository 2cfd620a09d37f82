"""What stands in for the book's package: around a network it serves, of a network it tells."""

from __future__ import annotations

import ast
import sys
import types

import pytest
import torch

from pytest_deeprnn.sandbox.escape_scan.scan import reaches
from pytest_deeprnn.sandbox.host.d2l_stub.callers import frame_reads
from pytest_deeprnn.sandbox.host.d2l_stub.edition import PACKAGES
from pytest_deeprnn.sandbox.host.host import Host
from pytest_deeprnn.sandbox.protocol.messages import Helper, Load, Loaded, Unit
from pytest_deeprnn.submission.discover import discover
from pytest_deeprnn.submission.prepare import prepare

FILE = "student.py"
COPIED = """
import inspect
class Copied:
    def save_hyperparameters(self, ignore=[]):
        frame = inspect.currentframe().f_back
        _, _, _, found = inspect.getargvalues(frame)
        self.found = {k: v for k, v in found.items() if k not in {'self', *ignore}}
"""


def loaded(text: str, *helpers: Helper) -> types.ModuleType:
    """Load a text as a submission; every statement must run."""
    host, reply = _load(text, helpers)
    assert reply.failures == ()
    return host._module


def failure(text: str) -> str:
    """What the one statement that fails raises while a text is loaded."""
    (one,) = _load(text)[1].failures
    return f"{one.type}: {one.message}"


def _load(text: str, helpers: tuple[Helper, ...] = ()) -> tuple[Host, Loaded]:
    run = tuple((number,) for number in range(len(ast.parse(text).body)))
    unit = Unit(filename=FILE, text=text, run=run)
    request = Load(
        name="submission", units=(unit,), needed=(), constants={}, helpers=helpers, double=False
    )
    host, dtype = Host(), torch.get_default_dtype()
    try:
        reply = host.answer(request)
    finally:
        torch.set_default_dtype(dtype)
    assert isinstance(reply, Loaded)
    return host, reply


@pytest.mark.parametrize(
    "statement",
    [
        "from d2l import torch as d2l",
        "import d2l.torch as d2l",
        "import d2l",
        "from d2l.torch import *",
        "import d2lzh_pytorch as d2l",
        "from d2lzh_pytorch.utils import d2l",
        "import d2lzh as d2l",
    ],
)
def test_import_of_any_edition_gives_the_same_names(statement: str) -> None:
    module = loaded(f"{statement}\nX = d2l.concat([d2l.zeros(2), d2l.ones(1)])\nB = d2l.Module")
    assert torch.equal(module.X, torch.tensor([0.0, 0.0, 1.0], dtype=torch.float64))
    assert issubclass(module.B, torch.nn.Module)


def test_star_import_leaves_torch_itself_alone() -> None:
    module = loaded("import torch\nfrom d2l import *\nfrom d2l.torch import *")
    assert module.torch is torch
    assert module.nn is torch.nn


def test_package_that_is_installed_is_not_used_and_comes_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    installed = types.ModuleType("d2l")
    monkeypatch.setitem(sys.modules, "d2l", installed)
    module = loaded("import d2l\nX = d2l.zeros(2)")
    assert module.X.shape == (2,)
    assert sys.modules["d2l"] is installed
    assert not {f"{name}.utils" for name in PACKAGES} & set(sys.modules)


def test_module_of_that_name_beside_the_file_goes_first() -> None:
    own = Helper(name="d2l", filename="d2l.py", text="zeros = 'mine'", is_package=False)
    assert loaded("import d2l\nX = d2l.zeros", own).X == "mine"


def test_copy_of_the_package_that_cannot_be_loaded_gives_way() -> None:
    text = "import a_module_that_is_nowhere\n"
    outer = Helper(name="d2l", filename="d2l/__init__.py", text="", is_package=True)
    inner = Helper(name="d2l.torch", filename="d2l/torch.py", text=text, is_package=False)
    assert loaded("from d2l import torch as d2l\nX = d2l.ones(3)", outer, inner).X.shape == (3,)


def test_import_of_a_name_that_is_not_there_keeps_the_others() -> None:
    told = failure("from d2l.torch import zeros, no_such_thing")
    assert told.startswith("ImportError: cannot import name 'no_such_thing'")


@pytest.mark.parametrize(
    ("use", "told"),
    [
        ("d2l.load_data_time_machine(32, 35)", "FileNotFoundError: d2l.load_data_time_machine"),
        ("d2l.TimeMachine(batch_size=32)", "FileNotFoundError: d2l.TimeMachine reads data"),
        ("d2l.MultiHeadAttention(8, 2)", "NotImplementedError: d2l.MultiHeadAttention belongs"),
        ("d2l.library", "AttributeError: library is nothing that stands in"),
    ],
)
def test_what_is_not_here_is_told_where_it_is_used(use: str, told: str) -> None:
    assert failure(f"from d2l import torch as d2l\nX = {use}").startswith(told)


def test_what_is_not_here_may_be_named_and_inherited_from() -> None:
    module = loaded(
        "from d2l.torch import TimeMachine, MultiHeadAttention\nclass Own(TimeMachine):\n"
        "    def __init__(self): self.vocab = 'abc'\nX = Own().vocab"
    )
    assert module.X == "abc"


@pytest.mark.parametrize("base", ["d2l.HyperParameters", "d2l.Module", "d2l.DataModule", "Copied"])
def test_arguments_are_saved_as_attributes(base: str) -> None:
    saved = "own.found" if base == "Copied" else "own.hparams"
    module = loaded(
        f"from d2l import torch as d2l\n{COPIED}\nclass Own({base}):\n"
        "    def __init__(self, size, scale=0.5, left=None):\n"
        "        super().__init__()\n"
        "        scale = scale * 2\n"
        "        self.save_hyperparameters(ignore=['left'])\n"
        f"own = Own(3)\nfound = {saved}"
    )
    found = {name: value for name, value in module.found.items() if not name.startswith("_")}
    assert found == {"size": 3, "scale": 1.0}
    assert base == "Copied" or (module.own.size, module.own.scale) == (3, 1.0)


@pytest.mark.parametrize("owner", ["Copied", "d2l.HyperParameters"])
def test_arguments_of_functions_outside_the_file_are_not_given(owner: str) -> None:
    told = failure(
        f"import types\nfrom d2l import torch as d2l\n{COPIED}\nclass Asked:\n"
        f"    __copy__ = {owner}.save_hyperparameters\nimport copy\nX = copy.copy(Asked())"
    )
    assert told.startswith("RuntimeError: save_hyperparameters serves functions of the file")


def test_function_is_added_to_a_class_and_is_none_by_itself() -> None:
    module = loaded(
        "from d2l import torch as d2l\nclass A(d2l.Module): pass\n"
        "@d2l.add_to_class(A)\ndef twice(self, x): return 2 * x\nX = A().twice(3)"
    )
    assert module.X == 6
    assert module.twice is None


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("f = inspect.currentframe().f_back.f_back", ""),
        ("f = inspect.currentframe()", "currentframe"),
        ("f = sys._getframe(1)", "_getframe"),
        ("f = inspect.currentframe(*[]).f_back", "currentframe"),
        ("f = inspect.currentframe().f_back.f_globals", "f_globals"),
        ("f = i.currentframe().f_back", "currentframe"),
        ("f = inspect.getargvalues(gc.get_objects()[0])", "get_objects"),
        ("f = inspect.currentframe().f_back; gc.get_referrers(f)", "get_referrers"),
        ("def inner(): return type(self).__subclasses__()", "__subclasses__"),
        ("f = inspect.getargvalues", "getargvalues"),
    ],
)
def test_only_the_caller_s_frame_is_let_pass_in_that_method(body: str, name: str) -> None:
    tree = ast.parse(f"def save_hyperparameters(self):\n    {body}\n")
    found = [reach.name for reach in reaches(tree, frame_reads(tree))]
    assert found == ([name] if name else [])


def test_frames_are_not_let_pass_in_a_method_of_another_name() -> None:
    tree = ast.parse(COPIED.replace("save_hyperparameters", "save"))
    found = [reach.name for reach in reaches(tree, frame_reads(tree))]
    assert found == ["currentframe", "getargvalues"]


def test_climbing_on_from_the_caller_s_frame_finds_no_frame() -> None:
    climbing = COPIED.replace("currentframe().f_back", "currentframe().f_back.f_back")
    told = failure(f"{climbing}\ndef own(): Copied().save_hyperparameters()\nX = own()")
    assert told == "AttributeError: 'Arguments' object has no attribute 'f_back'"


def test_what_the_text_hides_in_that_method_is_told_with_its_line(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    path = tmp_path_factory.mktemp("hidden") / FILE
    path.write_text(
        "import gc, torch\nclass A:\n    def save_hyperparameters(self):\n"
        "        return gc.get_objects()\nUSED = A()\n"
        "def forward(inputs, state, params):\n    USED.save_hyperparameters()\n"
    )
    (submission,) = discover([str(path)])
    ((filename, reach),) = prepare(submission, frozenset({"rnn"})).reached
    assert (filename, reach.name, reach.line) == (FILE, "get_objects", 4)
