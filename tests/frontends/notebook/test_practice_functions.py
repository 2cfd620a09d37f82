"""check on functions of modules, and on what it refuses."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import torch
from practised import HELPER, IMPORTS, MODULE, PARAMS, RIGHT, STATE, WRONG

from pytest_deeprnn import check

Imported = Callable[[str], ModuleType]


def _refused(mine: Any, error: type[Exception] = ValueError, **given: Any) -> str:
    """The one line that is told."""
    asked = {"exercise": "rnn", "profile": "quick", **given}
    functions = [asked.pop(role, getattr(mine, role, None)) for role in ROLES]
    with pytest.raises(error) as raised:
        check(*functions, **asked)
    assert "\n" not in str(raised.value)
    return str(raised.value)


ROLES = ("get_params", "init_state", "forward")
CHECKED = "return check(get_params, init_state, forward, exercise='rnn', profile='quick')"
QUICK: dict[str, Any] = {"exercise": "rnn", "profile": "quick"}


def test_text_and_page_of_a_module(imported: Imported) -> None:
    mine = imported(MODULE.replace(RIGHT, WRONG))
    found = check(mine.get_params, mine.init_state, mine.forward, exercise="rnn", profile="quick")
    text = repr(found)
    assert text.startswith("mine as rnn: fail")
    assert "This was a practice run" in text
    assert "mine.py:" in text
    assert found.report.submission.path == "mine.py"
    assert found.report.settings.isolation == "none"


def test_the_functions_that_are_given_count_whatever_they_are_called(imported: Imported) -> None:
    """One that is given calls another that has the contract's name."""
    renamed = RIGHT.replace("def forward(", "def 我的网络(")
    wrapped = "def get_rnn_weights(v, h, device):\n    return get_params(v, h, device)\n"
    telling = STATE.replace("    ", "    print('made')\n    ", 1)
    parts = (IMPORTS, HELPER, PARAMS, wrapped, telling, WRONG, renamed)
    mine = imported("\n".join(parts))
    found = check(
        mine.get_rnn_weights,
        mine.init_state,
        mine.我的网络,
        exercise="rnn",
        profile="quick",
        lang="zh",
    )
    assert found.report.verdict == "pass"
    assert {one.name for one in found.report.functions} == {
        "get_rnn_weights",
        "init_state",
        "我的网络",
    }
    assert "练习" in repr(found)
    assert "made" in found.report.output


def test_unknown_settings_are_refused(imported: Imported) -> None:
    mine = imported(MODULE)
    assert "'deep-gruu': no such exercise" in _refused(mine, exercise="deep-gruu")
    assert "profile='fast': expected quick" in _refused(mine, profile="fast")
    assert "lang='de': expected en, zh" in _refused(mine, lang="de")
    assert "seed=-1" in _refused(mine, seed=-1)


def test_what_cannot_be_called_is_refused(imported: Imported) -> None:
    told = _refused(imported(MODULE), TypeError, forward=[1])
    assert told == "check: forward must be a function, and this is list"


def test_functions_without_a_text_are_refused() -> None:
    made: dict[str, Any] = {}
    exec(MODULE, made)
    told = _refused(None, **{role: made[role] for role in ROLES})
    assert told.startswith("check: the text of the functions cannot be found")


def test_functions_without_a_name_are_refused(imported: Imported) -> None:
    mine = imported(MODULE)
    assert "forward has no name of its own" in _refused(mine, forward=len)
    assert "init_state has no name" in _refused(mine, init_state=lambda b, h, d: None)


def test_a_file_that_changed_since_is_refused(imported: Imported, tmp_path: Path) -> None:
    mine = imported(MODULE)
    (tmp_path / "mine.py").write_text(MODULE.replace(RIGHT, WRONG), encoding="utf-8")
    assert "forward is not what its text defines now" in _refused(mine)


HANDS = """
import functools
class Net:
    def __init__(self, act):
        self.act = act
    def __call__(self, inputs, state, params):
        return forward(inputs, state, params)
    run = __call__
    @classmethod
    def start(cls, batch_size, num_hiddens, *, device="cpu"):
        return init_state(batch_size, num_hiddens, device)
def build():
    def net(inputs, state, params):
        return forward(inputs, state, params)
    return get_params, net
net = Net(torch.tanh)
table = {"forward": forward}
made, inner = build()
both = build()
"""


@pytest.mark.parametrize(
    "given",
    ["net", "net.run", "table['forward']", "inner", "both[1]"],
)
def test_functions_in_any_place_that_has_a_name(imported: Imported, given: str) -> None:
    mine = imported(MODULE + HANDS)
    found = check(mine.made, mine.Net.start, eval(given, vars(mine)), **QUICK)
    assert found.report.verdict == "pass"


def test_a_fault_in_a_method_has_no_line_of_another_text(imported: Imported) -> None:
    call = "        return forward(inputs, state, params)\n    run"
    mine = imported(MODULE + HANDS.replace(call, call.replace("params)", "params)[0], state")))
    found = check(mine.get_params, mine.init_state, mine.net, **QUICK)
    first = found.report.diagnoses[0]
    assert (first.code, first.line, first.source) == ("state-not-returned", None, None)
    assert "def " not in repr(found)


def test_an_object_that_cannot_be_called_so_is_told(imported: Imported) -> None:
    mine = imported(MODULE + "\nrandom = torch.rand\n")
    assert "random is not defined where its text is looked for" in _refused(
        mine, forward=mine.random
    )


def test_an_interrupt_is_no_fault_of_the_network(imported: Imported) -> None:
    mine = imported(MODULE.replace("    H, = state", "    raise KeyboardInterrupt"))
    with pytest.raises(KeyboardInterrupt):
        check(mine.get_params, mine.init_state, mine.forward, exercise="rnn", profile="quick")


def test_importing_the_package_stays_cheap() -> None:
    told = "import sys, pytest_deeprnn; print('torch' in sys.modules, pytest_deeprnn.__all__)"
    ran = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert ran.stdout == "False ['__version__', 'check']\n"


def test_a_module_that_another_text_was_loaded_into_is_refused(
    imported: Imported, tmp_path: Path
) -> None:
    """The names that were imported before still mean the functions of the old text."""
    mine = imported(MODULE.replace("torch.tanh", "torch.sigmoid"))
    calls = f"from mine import *\nfrom pytest_deeprnn import check\ndef told():\n    {CHECKED}\n"
    (tmp_path / "calling.py").write_text(calls, encoding="utf-8")
    calling = importlib.import_module("calling")
    (tmp_path / "mine.py").write_text(f"# mended: tanh\n{MODULE}", encoding="utf-8")
    importlib.reload(mine)
    with pytest.raises(ValueError, match="forward is not what its text defines now"):
        calling.told()
    assert importlib.reload(calling).told().report.verdict == "pass"
    del sys.modules["calling"]


def test_what_a_function_uses_is_refused_by_its_name(imported: Imported) -> None:
    mine: Any = imported(MODULE)
    mine.normal = lambda *shape, device: torch.zeros(shape, device=device)
    told = _refused(mine)
    assert told.startswith("check: normal, which get_params uses, is not what its text defines now")


def test_static_methods_of_a_class_are_checked(imported: Imported) -> None:
    body = re.sub("(?m)^(?=.)", "    ", re.sub("(?m)^def", "@staticmethod\ndef", STATE + RIGHT))
    mine = imported(f"{IMPORTS}\n{HELPER}\n{PARAMS}\nclass Net:\n{body}")
    found = check(mine.get_params, mine.Net.init_state, mine.Net.forward, **QUICK)
    assert found.report.verdict == "pass"
    assert [one.name for one in found.report.functions][2] == "Net.forward"
