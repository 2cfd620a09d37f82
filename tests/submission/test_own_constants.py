"""Sizes that a submission reads from its own module instead of taking them as arguments."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pytest_deeprnn.submission.prepare import Prepared

Prepare = Callable[..., Prepared]


def script(head: str, get_params: str, init_state: str = "(batch_size, num_hiddens)") -> str:
    return (
        f"{head}\ndef get_params{get_params}\n"
        f"def init_state{init_state}: return ()\n"
        "def forward(inputs, state, params): return inputs, state\n"
    )


@pytest.mark.parametrize(
    ("head", "get_params", "constants"),
    [
        (
            "vocab_size, num_hiddens = 28, 256",
            "(): return vocab_size, num_hiddens",
            {"vocab_size": "vocab", "num_hiddens": "hiddens"},
        ),
        ("HIDDEN = 3", "(vocab_size): return HIDDEN", {"HIDDEN": "hiddens"}),
        ("device = 'cuda'", "(vocab_size, n_hid): return device", {"device": "device"}),
        ("num_hiddens: int = 3", "(vocab_size): return num_hiddens", {"num_hiddens": "hiddens"}),
        ("num_hiddens = 3", "(vocab_size, num_hiddens): return num_hiddens", {}),
        ("num_hiddens = 3", "(vocab_size, h): return num_hiddens", {}),
        ("num_layers = 2", "(vocab_size, num_hiddens): return num_layers", {}),
        ("H = 3", "(vocab_size): return H", {"H": "hiddens"}),
        ("V = len(open('corpus').read())", "(h): return V", {"V": "vocab"}),
        ("V, H = 8, 3", "(h): return V, H", {"V": "vocab"}),
        ("V = settings['v']", "(h): return V", {"V": "vocab"}),
        ("H = [3]", "(vocab_size): return H", {}),
        ("SIZE = {'h': 3}", "(vocab_size): return SIZE.get('h')", {}),
        ("GATES = {'rnn': 1, 'lstm': 4}", "(vocab_size): return GATES['rnn']", {}),
        ("H = torch.zeros(3)", "(vocab_size): return H", {}),
        ("scale = 0.01", "(vocab_size, num_hiddens): return scale", {}),
        ("num_hiddens = 3", "(vocab_size, units): return 0", {}),
    ],
)
def test_sizes_read_from_the_module_are_found(
    prepared: Prepare, head: str, get_params: str, constants: dict[str, str]
) -> None:
    assert prepared(script(head, get_params)).constants == constants


def test_a_batch_size_read_from_the_module_is_found(prepared: Prepare) -> None:
    text = script(
        "batch_size = 32\nzeros = lambda: batch_size",
        "(vocab_size, num_hiddens): return 0",
        "(num_hiddens, start=zeros())",
    )
    assert prepared(text).constants == {"batch_size": "batch"}


def test_the_books_letters_are_sizes_in_an_object_and_a_switch_is_no_device(
    prepared: Prepare,
) -> None:
    head = (
        "from types import SimpleNamespace\nimport argparse\n"
        "hp = SimpleNamespace(V=28, H=64, L=2, T=35)\nparser = argparse.ArgumentParser()\n"
        "parser.add_argument('--cuda', action='store_true')\n"
        "parser.add_argument('--bs', type=int, required=True)\nargs = parser.parse_args()\n"
    )
    text = script(head, "(): return hp.V, hp.H, hp.L, hp.T, args.cuda, args.bs", "(n)")
    assert prepared(text).constants == {"hp.V": "vocab", "hp.H": "hiddens", "args.bs": "batch"}
