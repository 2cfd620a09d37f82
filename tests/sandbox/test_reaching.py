"""What reaches past a calculation is found in a text, and nothing else is."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from pytest_deeprnn.sandbox.escape_scan.scan import reaches_in_text

REACHING = {
    "import sys\nsys._getframe(1)": "_getframe",
    "import inspect\nx = inspect.currentframe().f_back": "currentframe",
    "from inspect import currentframe": "inspect.currentframe",
    "import gc\nfor one in gc.get_objects(): pass": "get_objects",
    "object.__subclasses__()": "__subclasses__",
    "def f(): pass\nf.__globals__": "__globals__",
    "getattr(object, '__subclasses__')()": "__subclasses__",
    "getattr(object, '__sub' + 'classes__')()": "__subclasses__",
    "getattr(object, ''.join(['__sub', 'classes', '__']))()": "__subclasses__",
    "import ctypes as c": "ctypes",
    "import ctypes\nctypes.CDLL(None)": "ctypes",
    "from ctypes import CDLL": "ctypes",
    "import sys\nsys.modules['pytest_deeprnn.grading']": "pytest_deeprnn.grading",
    "from pytest_deeprnn import reference": "pytest_deeprnn",
    "import torch\ntorch.library.Library('aten', 'IMPL')": "torch.library",
    "from torch.library import Library": "torch.library",
    "import torch\nwith torch._C.DisableTorchFunction(): pass": "DisableTorchFunction",
    "from torch._decomp import decompositions": "torch._decomp",
    "import sys\nsys.settrace(None)": "settrace",
    "import inspect\ninspect.stack()": "inspect.stack",
    "import torch\ntorch.equal = print": "torch.equal",
    "import torch as t\nt.equal = print": "torch.equal",
    "import torch as t\nt.library.Library('aten', 'IMPL')": "torch.library",
    "from torch import nn as n\nn.Module.zero = print": "torch.nn.Module.zero",
    "import inspect as i\ni.stack()": "inspect.stack",
    "import torch\ntorch.device('meta').type": "meta",
    "x = device.type == 'meta'": "meta",
    "def save_hyperparameters(self):\n    f = inspect.currentframe().f_back": "currentframe",
    "import numpy as np\nnp.ctypeslib.ctypes.CDLL(None)": "ctypes",
    "from numpy import ctypeslib": "numpy.ctypeslib",
    "import numpy.ctypeslib as lib": "numpy.ctypeslib",
    "import importlib\nimportlib.import_module('numpy.ctypeslib')": "numpy.ctypeslib",
    "from numpy._core._internal import ctypes": "numpy._core._internal.ctypes",
    "W.ctypes.data_as(pointer)": "ctypes",
    "np.random.PCG64().cffi": "cffi",
    "class Over:\n    __array_interface__ = {}": "__array_interface__",
    "class Over:\n    @property\n    def __array_struct__(self): pass": "__array_struct__",
    "type('Over', (), dict(__array_interface__=where))": "__array_interface__",
    "own.__array_interface__['data']": "__array_interface__",
    "np.lib.stride_tricks.as_strided(W, (9, 9))": "as_strided",
    "from numpy.lib.stride_tricks import as_strided as window": "numpy.lib.stride_tricks.as",
    "from numpy.lib.stride_tricks import *": "numpy.lib.stride_tricks.as_strided",
    "import numpy.lib.stride_tricks as st\nst.as_strided(W, (9, 9))": "as_strided",
    "steps = np.lib.stride_tricks\nsteps.as_strided(W, (9, 9))": "as_strided",
    "getattr(np.lib.stride_tricks, 'as_' + 'strided')": "as_strided",
    "np.ndarray((2,), float, kept)": "ndarray(buffer=...)",
    "np.ndarray(shape=(2,), buffer=kept)": "ndarray(buffer=...)",
    "np.dtype(float).__setstate__(parts)": "__setstate__",
}
HONEST = [
    "import os, sys, ctypes, gc\ngc.collect()",
    '"""Checked by pytest_deeprnn, see its pages."""',
    "f_globals = f_locals = 1",
    "activation = getattr(torch, 'tanh')",
    "H = eval('torch.tanh')(X)",
    "assert params.f_back is not None",
    "def cell(X, *, library=None): return library",
    "import torch.nn.functional as F",
    "import torch as t\nt.backends.cudnn.deterministic = True\nx = t.stack(rows)",
    "from torch import nn\nnet = nn.Module()\nnet.W = nn.Parameter(x)",
    "import torch\ntorch.backends.cudnn.deterministic = True",
    "x = torch.stack(rows)",
    "params = {'meta': 1}",
    "W = torch.from_numpy(np.random.randn(3, 4) * np.sqrt(2 / np.prod((3, 4))))",
    "rng = np.random.default_rng(np.random.PCG64(1))",
    "rows = W.as_strided((2, 3), (3, 1)) + torch.as_strided(W, (2, 3), (3, 1))",
    "from numpy.lib.stride_tricks import sliding_window_view",
    "np.lib.stride_tricks.sliding_window_view(tokens, 3)",
    "np.frombuffer(text, dtype=np.uint8); np.load('weights.npy', allow_pickle=True)",
    "def flat(W: np.ndarray) -> np.ndarray: return np.ndarray(W.shape, W.dtype)",
    "np.vectorize(len); np.errstate(all='ignore'); np.set_printoptions(precision=2)",
    "class Net:\n    def __setstate__(self, parts): super().__setstate__(parts)",
    "class Net:\n    def kinds(self): return self.ctypes",
    "self.register_buffer('mask', mask)",
]


@pytest.mark.parametrize(("text", "name"), REACHING.items())
def test_a_text_that_reaches_is_told_by_its_name(text: str, name: str) -> None:
    found = [reach.name for reach in reaches_in_text(text)]
    assert any(one.startswith(name) for one in found)


@pytest.mark.parametrize("text", HONEST)
def test_an_honest_text_reaches_for_nothing(text: str) -> None:
    assert list(reaches_in_text(text)) == []


def test_the_line_is_told() -> None:
    (reach,) = reaches_in_text("x = 1\n\ny = type(x).__subclasses__()\n")
    assert (reach.name, reach.line) == ("__subclasses__", 3)


@pytest.mark.parametrize("text", ["def f(:", "x = '\0'", "(" * 100_000])
def test_what_is_no_python_reaches_for_nothing(text: str) -> None:
    assert list(reaches_in_text(text)) == []


#: A program, and whether it ends well once code that is made at run time is looked at.
MADE = [
    ("exec('x = 1')", True),
    ("eval('1 + 1')", True),
    ("import collections; collections.namedtuple('A', 'W b')", True),
    ("import dataclasses; dataclasses.make_dataclass('A', ['W', 'b'])(1, 2)", True),
    ("import tomllib, sqlite3", True),
    ("exec('import gc; gc.get_objects()')", False),
    ("import base64; exec(base64.b64decode(b'aW1wb3J0IGdjOyBnYy5nZXRfb2JqZWN0cygp'))", False),
    ("import timeit; timeit.timeit('[].__class__.__base__.__subclasses__()', number=1)", False),
    ("import ast; exec(compile(ast.parse('().__globals__'), '<x>', 'exec'))", False),
    ("import marshal; marshal.loads(marshal.dumps((lambda: 1).__code__))", False),
    ("(lambda: 1).__code__.replace(co_name='other')", False),
    (
        "import io, numpy as np; kept = io.BytesIO(); np.save(kept, np.array([{'V': 3}]));"
        "kept.seek(0); assert np.load(kept, allow_pickle=True)[0] == {'V': 3}",
        True,
    ),
    ("import pickle; pickle.loads(b'cgc\\nget_objects\\n.')", False),
    (
        "exec(compile('import gc; gc.get_objects()', '<frozen importlib._bootstrap>', 'exec'))",
        False,
    ),
    (
        "import pathlib, sys; pathlib.Path('evil.py').write_text('import gc; gc.get_objects()');"
        "sys.path.insert(0, '.'); import evil",
        False,
    ),
]


#: Runs each program that it reads in a process of its own, all of them with one start of torch.
RUNNER = """
import json, os, sys, traceback
from pytest_deeprnn.sandbox.host.audit_hook import watch
watch()
for number, program in enumerate(json.load(sys.stdin)):
    if os.fork() == 0:
        said = ""
        try:
            exec(compile(program, f"<program {number}>", "exec"), {})
        except BaseException:
            said = traceback.format_exc()
        print(json.dumps([number, said]), flush=True)
        os._exit(0)
    os.wait()
"""


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[int, str]:
    """What each program raised; nothing where it ended well."""
    ended = subprocess.run(
        [sys.executable, "-I", "-c", RUNNER],
        input=json.dumps([program for program, _ in MADE]),
        cwd=tmp_path_factory.mktemp("made"),
        stdout=subprocess.PIPE,
        text=True,
        timeout=60,
        check=True,
    )
    return dict(json.loads(line) for line in ended.stdout.splitlines())


@pytest.mark.parametrize(("program", "ends_well"), MADE)
def test_code_that_is_made_at_run_time_is_looked_at(
    program: str, ends_well: bool, said: dict[int, str]
) -> None:
    raised = said[MADE.index((program, ends_well))]
    assert ("Reached: " in raised) is not ends_well
    assert raised == "" or not ends_well
