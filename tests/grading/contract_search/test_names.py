"""Arguments under any names: what they take is settled by what makes the functions work."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hands import NAMES, PARAMS, RUN, STATE, function, named

from pytest_deeprnn.core.report import Report
from pytest_deeprnn.submission.prepare import Prepared

EXPECTED = {
    "letters": ("vocab hiddens layers device", "batch hiddens layers device"),
    "sizes of what comes in and goes out": (
        "vocab hiddens layers vocab",
        "batch hiddens layers",
    ),
    "German": ("vocab hiddens layers device", "batch hiddens layers device"),
    "another order": ("device layers hiddens vocab", "layers hiddens batch device"),
    "no usual name at all": ("vocab hiddens layers device", "batch hiddens layers device"),
}


@pytest.mark.parametrize("key", NAMES)
def test_arguments_get_what_makes_the_functions_work(
    completed: Callable[..., Prepared], key: str
) -> None:
    contract = completed(named(key)).contract
    assert contract.get_params is not None
    assert contract.init_state is not None
    assert contract.forward is not None
    kinds = EXPECTED[key]
    assert tuple(contract.get_params.keyword.values()) == tuple(kinds[0].split())
    assert tuple(contract.init_state.keyword.values()) == tuple(kinds[1].split())
    _, (_, _, order) = NAMES[key]
    wanted = dict(zip(order.split(), ("inputs", "state", "params"), strict=True))
    assert contract.forward.keyword == wanted


@pytest.mark.parametrize("key", ["no usual name at all", "sizes of what comes in and goes out"])
def test_a_right_network_of_odd_names_passes_and_its_calls_are_told(
    graded: Callable[..., Report], key: str
) -> None:
    report = graded(named(key))
    assert (report.verdict, report.score) == ("pass", report.max_score)
    assert any(report.functions[0].call in note for note in report.notes)


def test_a_name_that_two_functions_share_means_the_same_in_both(
    completed: Callable[..., Prepared],
) -> None:
    text = named("letters").replace("(b, h, n, d)", "(batch_size, n, k, d)")
    text = text.replace("(v, h, n, d)", "(m, n, k, d)").replace("= v, h, n, d", "= m, n, k, d")
    contract = completed(text.replace("= b, h, n, d", "= batch_size, n, k, d")).contract
    assert contract.init_state is not None
    assert tuple(contract.init_state.keyword.values()) == ("batch", "hiddens", "layers", "device")


SIZES = """vocab_size: int = 28
    hidden_size: int = 64
    batch_size: int = 4
    device: str = 'cpu'"""
CONFIGS = {
    "a dataclass": (
        f"from dataclasses import dataclass\n@dataclass(frozen=True)\nclass Config:\n    {SIZES}\n"
        "cfg = Config()\n",
        "cfg.{}",
    ),
    "a named tuple": (
        f"from typing import NamedTuple\nclass Config(NamedTuple):\n    {SIZES}\ncfg = Config()\n",
        "cfg.{}",
    ),
    "a class of constants": (f"class Config:\n    {SIZES}\n", "Config.{}"),
    "a dictionary": (
        "HP = {'vocab_size': 28, 'hidden_size': 64, 'batch_size': 4, 'device': 'cpu'}\n",
        "HP['{}']",
    ),
    "arguments of a command line": (
        "import argparse\nparser = argparse.ArgumentParser()\n"
        "args = argparse.Namespace(vocab_size=28, hidden_size=64, batch_size=4, device='cpu')\n",
        "args.{}",
    ),
    "a command line that requires them": (
        "import argparse\nparser = argparse.ArgumentParser()\n"
        "parser.add_argument('corpus')\nparser.add_argument('--device', default='cpu')\n"
        "for size in ('vocab', 'hidden', 'batch'):\n"
        "    parser.add_argument(f'--{size}-size', type=int, required=True)\n"
        "args = parser.parse_args()\n",
        "args.{}",
    ),
}


@pytest.mark.parametrize("key", CONFIGS)
def test_sizes_in_an_object_are_set_as_constants_are(
    graded: Callable[..., Report], key: str
) -> None:
    head, place = CONFIGS[key]
    V, H, B, device = map(place.format, ("vocab_size", "hidden_size", "batch_size", "device"))
    text = "import torch\n" + head
    text += function("get_params()", PARAMS, f"V, H, L, device = {V}, {H}, 2, {device}")
    text += function("init_state()", STATE, f"B, H, L, device = {B}, {H}, 2, {device}")
    report = graded(text + function("forward(inputs, state, params)", RUN))
    assert (report.verdict, report.score) == ("pass", report.max_score)


def test_an_object_with_sizes_is_given_to_the_argument_that_is_called_like_it(
    graded: Callable[..., Report],
) -> None:
    head, _ = CONFIGS["a dataclass"]
    sizes = "V, H, L, device = cfg.vocab_size, cfg.hidden_size, 2, cfg.device"
    text = "import torch\n" + head + function("get_params(cfg)", PARAMS, sizes)
    text += function("init_state(cfg, batch_size)", STATE, f"B = batch_size\n{sizes}")
    report = graded(text + function("forward(inputs, state, params)", RUN))
    assert (report.verdict, report.score) == ("pass", report.max_score)
    assert any("get_params(cfg=cfg)" in note for note in report.notes)


def test_a_size_is_set_where_the_statement_that_makes_it_fails(
    graded: Callable[..., Report],
) -> None:
    text = (
        "import torch\nfrom d2l import torch as d2l\nB, num_hiddens = int(open('b').read()), 64\n"
        "steps, vocab = d2l.load_data_jay_lyrics(B, 35)\nV = len(vocab)\ndev = vocab.device\n"
    )
    text += function("get_params()", PARAMS, "H, L, device = num_hiddens, 2, dev")
    text += function(
        "init_state(batch_size)", STATE, "B, H, L, device = batch_size, num_hiddens, 2, dev"
    )
    report = graded(text + function("forward(inputs, state, params)", RUN))
    assert (report.verdict, report.score) == ("pass", report.max_score)


def test_what_a_missing_file_would_have_told_has_a_plain_number(
    graded: Callable[..., Report],
) -> None:
    text = (
        "import json, torch\nread = json.load(open('sizes.json'))\nH = read['hidden']\n"
        "L = read['layers']\nsigma = read['sigma']\n"
        "chars, device = len(open('text').read()), torch.device('cpu')\n"
    )
    params = PARAMS.replace("0.1 *", "sigma *")
    text += function("build(V, n=H)", params, "global H, L, device")
    text += function("zeros(B)", STATE) + function(
        "run(xs, hs, ps)", RUN, "inputs, state, params = xs, hs, ps"
    )
    report = graded(text)
    assert (report.verdict, report.score) == ("pass", report.max_score)
    (told,) = [note for note in report.notes if "So L is" in note]
    assert told.startswith("Line 2: FileNotFoundError")
    assert told.endswith("So L is 2 here.")


def test_a_scale_and_a_dropout_that_have_to_be_given_are_the_books(
    graded: Callable[..., Report],
) -> None:
    text = "import torch\n" + function(
        "get_params(V, H, L, device, std)", PARAMS.replace("0.1", "std")
    )
    text += function("init_state(B, H, L, device)", STATE)
    text += function(
        "forward(inputs, state, params, dropout)", "assert dropout == 0\n" + RUN.strip()
    )
    report = graded(text)
    assert (report.verdict, report.score) == ("pass", report.max_score)
    assert any("std=0.01" in note for note in report.notes)


OPTIONS = """import argparse
def read_options():
    parser = argparse.ArgumentParser()
    parser.add_argument("--vocab-size", type=int, required=True)
    parser.add_argument("--hidden", type=int, default=64, dest="hidden_size")
    known, _rest = parser.parse_known_args()
    return known
chosen = read_options()
"""


def test_an_argument_whose_fields_are_an_objects_is_that_object(
    graded: Callable[..., Report],
) -> None:
    sizes = "V, H, L, device = a.vocab_size, a.hidden_size, 2, 'cpu'"
    text = "import torch\n" + OPTIONS + function("get_params(a)", PARAMS, sizes)
    text += function("init_state(a, batch_size)", STATE, f"B = batch_size\n{sizes}")
    report = graded(text + function("forward(inputs, state, params)", RUN))
    assert (report.verdict, report.score) == ("pass", report.max_score)
    assert any("get_params(a=chosen)" in note for note in report.notes)


SPLIT = """
import torch
def get_lstm_params(vocab_size, num_hiddens, device):
    make = lambda *shape: (0.1 * torch.randn(*shape, device=device)).requires_grad_()
    V, H = vocab_size, num_hiddens
    return [make(V, 4 * H), make(H, 4 * H), make(4 * H), make(H, V), make(V)]
def init_lstm_state(batch_size, num_hiddens, device):
    zeros = lambda: torch.zeros(batch_size, num_hiddens, device=device)
    return zeros(), zeros()
def lstm(inputs, H, C, params):
    W, U, b, out, bias = params
    rows = []
    for X in inputs:
        i, f, o, g = (X @ W + H @ U + b).chunk(4, 1)
        C = f.sigmoid() * C + i.sigmoid() * g.tanh()
        H = o.sigmoid() * C.tanh()
        rows.append(H @ out + bias)
    return torch.cat(rows), H, C
"""


def test_hidden_and_cell_state_may_be_arguments_of_their_own(
    graded: Callable[..., Report],
) -> None:
    right = graded(SPLIT, exercise="lstm")
    assert (right.verdict, right.score) == ("pass", right.max_score)
    assert any("H=state[0], C=state[1]" in note for note in right.notes)
    wrong = graded(SPLIT.replace("f.sigmoid() * C", "C"), exercise="lstm")
    assert (wrong.verdict, wrong.diagnoses[0].code) == ("fail", "gate-missing")
    assert wrong.diagnoses[0].gate == "forget"
