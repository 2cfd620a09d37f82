"""What stands around a right network takes no points from it."""

from __future__ import annotations

import pytest
from graded_text import Grade
from one_layer import network

ARGUMENTS = """import argparse, logging, sys
from tqdm import tqdm
zeilen = argparse.ArgumentParser()
zeilen.add_argument("--skala", type=float, default=1.0)
wahl = zeilen.parse_args()
assert sys.argv == ["student.py"]
logging.basicConfig(level=logging.INFO)
unbenutzt = open("korpus.txt").read()
sys.stdout.reconfigure(encoding="utf-8")"""
COMPILED = """
torch._dynamo.config.suppress_errors = True
torch._inductor.config.max_autotune = True
@torch.compile(fullgraph=True)
def zelle(x, h, ein, rueck, schwelle):
    return torch.tanh(x @ ein + h @ rueck + schwelle)"""
SCANNED = """
def zelle(x, h, ein, rueck, schwelle):
    last, _ = torch._higher_order_ops.scan(
        lambda old, one: (torch.tanh(one @ ein + old @ rueck + schwelle), old.clone()), h, x[None]
    )
    return last"""
GRADIENTS = """
from torch.utils.checkpoint import checkpoint
def zelle(x, h, ein, rueck, schwelle):
    neu = checkpoint(
        lambda *a: torch.tanh(a[0] @ a[2] + a[1] @ a[3] + a[4]),
        x, h, ein, rueck, schwelle, use_reentrant=True,
    )
    neu.retain_grad()
    neu.register_hook(lambda grad: grad.clamp(-1e6, 1e6))
    return neu"""
MAPPED = """
def zelle(x, h, ein, rueck, schwelle):
    one = lambda a, b: torch.tanh(a @ ein + b @ rueck + schwelle)
    return torch.func.vmap(one)(x, h)"""
NUMPY = """import numpy
torch.set_default_dtype(torch.float64)"""
LEFT_LATER = """
def ueben():
    p = get_params(4, 3, "cpu")
    forward(torch.zeros(2, 1, 4), init_state(1, 3, "cpu"), p)[0].sum().backward()
ueben()
torch.set_grad_enabled(False)"""


@pytest.mark.parametrize(
    "parts",
    [
        {"top": ARGUMENTS, "begin": "assert wahl.skala == 1", "steps": "tqdm(inputs)"},
        {"top": "import torch._dynamo\nimport torch._inductor.config", "cell": COMPILED},
        {"cell": SCANNED, "end": "forward = torch.compile(forward, backend='eager')"},
        {"cell": GRADIENTS},
        {
            "cell": MAPPED,
            "top": "from torch.utils.data import DataLoader",
            "steps": "DataLoader(inputs, batch_size=None)",
        },
        {"end": LEFT_LATER, "top": "torch.set_default_dtype(torch.float32)"},
    ],
    ids=["arguments", "compiled", "scanned", "gradients", "mapped", "left later"],
)
@pytest.mark.filterwarnings("ignore")
def test_all_points(grade: Grade, parts: dict[str, str]) -> None:
    report = grade(network(**parts), "rnn")
    assert [(one.id, one.message) for one in report.checks if one.status != "pass"] == []
    assert report.verdict == "pass"


def test_a_file_in_float64_as_its_author_runs_it(grade: Grade) -> None:
    drawn = "torch.tensor(numpy.random.normal(0, 0.01, form), device=device)"
    text = network(top=NUMPY).replace("0.01 * torch.randn(form, device=device)", drawn)
    assert grade(text, "rnn").verdict == "pass"
    fixed = grade(text.replace("torch.set_default_dtype(torch.float64)", ""), "rnn")
    assert fixed.diagnoses[0].code == "precision"


def test_what_was_not_compiled_is_noted(grade: Grade) -> None:
    report = grade(network(end="forward = torch.compile(forward)"), "rnn")
    assert report.verdict == "pass"
    assert [note for note in report.notes if "torch.compile" in note] != []


def test_a_value_from_before_is_noted(grade: Grade) -> None:
    text = network(top="skala = 1\nskala = float(open('skala.txt').read())", begin="skala")
    report = grade(text, "rnn")
    assert report.verdict == "pass"
    assert [note[:26] for note in report.notes if "skala" in note] == ["Line 3: FileNotFoundError:"]
