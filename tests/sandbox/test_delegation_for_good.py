"""Once torch's own recurrence is refused for good, no road leads to it."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

#: Each ends in a call of torch's own GRU with two layers.
ROADS = {
    "torch.gru": "torch.gru(*GIVEN)",
    "torch.nn": "torch.nn.GRU(3, 4, 2)(X)",
    "torch._VF": "torch._VF.gru(*GIVEN)",
    "torch.ops": "torch.ops.aten.gru.input(*GIVEN)",
    "variable functions": "torch._C._VariableFunctions.gru(*GIVEN)",
    "script": "torch.jit.CompilationUnit(SCRIPT).run(X, H, W)",
    "thread": "in_thread(lambda: torch.gru(*GIVEN))",
    "without modes": "without_modes(lambda: torch.gru(*GIVEN))",
    "decomposition": "torch._decomp.decompositions.gru_impl(*GIVEN)",
    "table": "torch._decomp.decomposition_table[torch.ops.aten.gru.input](*GIVEN)",
    "quantizable": "torch.ao.nn.quantizable.LSTM(3, 4)(X)",
    "cell": "torch.gru_cell(X[0], H[0], *W[:4])",
    "redispatch": "torch.ops.aten.gru.input.redispatch(KEYS, *GIVEN)",
    "another library": "again(lambda: torch.gru(*GIVEN))",
    "functional_call": "torch.func.functional_call(torch.nn.GRU(3, 4), {}, (X,))",
}
SCRIPT = """
import gc, json, sys, threading, warnings
warnings.simplefilter("ignore")
import torch
from pytest_deeprnn.sandbox.host.recurrence_block import Refusal, refuse_for_good

refusal = Refusal()
refuse_for_good(refusal)
X, H = torch.randn(5, 2, 3), torch.randn(2, 2, 4)
W = [torch.randn(12, n) for n in (3, 4)] + [torch.randn(12)] * 2
W += [torch.randn(12, 4), torch.randn(12, 4)] + [torch.randn(12)] * 2
GIVEN = (X, H, W, True, 2, 0.0, False, False, False)
KEYS = torch._C.DispatchKeySet(torch._C.DispatchKey.CompositeImplicitAutograd)
SCRIPT = '''
def run(X, H, W: List[Tensor]):
    return torch.gru(X, H, W, True, 2, 0.0, False, False, False)
'''

def in_thread(call):
    raised = []
    def caught():
        try:
            call()
        except BaseException as error:
            raised.append(error)
    thread = threading.Thread(target=caught)
    thread.start()
    thread.join()
    raise raised[0]

def without_modes(call):
    with torch._C.DisableTorchFunction():
        return call()

def again(call):
    for one in gc.get_objects():
        if isinstance(one, torch.library.Library):
            one._destroy()
    torch.library.Library("aten", "IMPL")._destroy()
    return call()

told = {}
for name, road in json.load(sys.stdin).items():
    refusal.take()
    try:
        eval(road)
        told[name] = "came through"
    except BaseException as error:
        told[name] = repr(error) if refusal.take() else f"not refused: {error!r}"
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def told() -> dict[str, str]:
    """What each road ended in."""
    ended = subprocess.run(
        [sys.executable, "-I", "-c", SCRIPT],
        input=json.dumps(ROADS),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    found: dict[str, str] = json.loads(ended.stdout)
    return found


def test_no_recurrent_operator_of_the_processor_is_left() -> None:
    import torch

    from pytest_deeprnn.sandbox.host.recurrence_block import all_kernels

    refused = {f"{space}::{name}" for space, found in all_kernels().items() for name, _ in found}
    there = torch._C._dispatch_get_all_op_names()
    recurrent = {name for name in there if any(cell in name for cell in ("gru", "lstm", "rnn"))}
    elsewhere = ("cudnn", "miopen", "mps", "_thnn_fused")  # their kernels are a GPU's
    assert {one for one in recurrent - refused if not any(w in one for w in elsewhere)} == set()
    assert "quantized::quantized_gru_cell_dynamic" in refused


@pytest.mark.parametrize("road", ROADS)
def test_the_road_is_closed_and_seen(told: dict[str, str], road: str) -> None:
    assert "Delegated" in told[road]
