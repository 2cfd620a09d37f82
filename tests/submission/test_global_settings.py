"""Which statements are kept although they bind no name: they set torch, or declare an argument."""

from __future__ import annotations

from collections.abc import Callable

import pytest

FUNCTIONS = """
def get_params(vocab_size, num_hiddens, device): return [torch.zeros(1)]
def init_state(batch_size, num_hiddens, device): return torch.zeros(1)
def forward(inputs, state, params): return inputs, state
"""
Kept = Callable[..., list[str]]


@pytest.mark.parametrize(
    "text",
    [
        "torch.set_default_dtype(torch.float64)",
        "torch.set_default_tensor_type('torch.DoubleTensor')",
        "torch.set_default_device('cuda' if torch.cuda.is_available() else 'cpu')",
        "torch.autograd.set_grad_enabled(False)",
        "torch.no_grad().__enter__()",
        "torch.manual_seed(3)",
        "if torch.cuda.is_available():\n    torch.set_default_device('cuda')\n    print('GPU')",
        "try:\n    torch.set_default_device('mps')\nexcept Exception:\n    pass",
    ],
)
def test_a_setting_of_torch_is_kept(kept_lines: Kept, text: str) -> None:
    assert text.splitlines()[0] in kept_lines(f"import torch\n{text}\n{FUNCTIONS}")


@pytest.mark.parametrize(
    "text",
    [
        "print(torch.get_default_dtype())",
        "torch.set_printoptions(precision=3)",
        "model().set_grad_enabled(False)",
        "if DEBUG:\n    torch.set_grad_enabled(False)\n    train()",
        "with torch.no_grad():\n    evaluate()",
    ],
)
def test_what_sets_nothing_or_does_more_is_not(kept_lines: Kept, text: str) -> None:
    assert text.splitlines()[0] not in kept_lines(f"import torch\n{text}\n{FUNCTIONS}")


OFF = "torch.set_grad_enabled(False)"


@pytest.mark.parametrize(
    ("after", "is_kept"),
    [
        (OFF, True),
        (f"params = get_params(3, 4, 'cpu')\n{OFF}", False),
        (f"def train(): forward(0, 0, get_params(3, 4, 'cpu'))\ntrain()\n{OFF}", False),
        (f"for _ in range(3):\n    forward(0, 0, 0)\n{OFF}", False),
        (f"def train(): forward(0, 0, get_params(3, 4, 'cpu'))\n{OFF}\ntrain()", True),
        (f"print('ready')\n{OFF}", True),
    ],
)
def test_a_setting_counts_where_it_stands_before_the_first_use(
    kept_lines: Kept, after: str, is_kept: bool
) -> None:
    assert (OFF in kept_lines(f"import torch\n{FUNCTIONS}\n{after}\n")) is is_kept


def test_a_module_beside_the_file_may_set_it(kept_lines: Kept) -> None:
    text = f"import torch\nimport setup_all\nimport plots\n{FUNCTIONS}"
    beside = {
        "setup_all.py": "import torch\ntorch.set_default_dtype(torch.float64)\n",
        "plots.py": "def f():\n    torch.set_default_dtype(1)\n",
    }
    assert "import setup_all" in kept_lines(text, beside=beside)
    assert "import plots" not in kept_lines(text, beside=beside)


def test_the_arguments_of_a_parser_are_declared(kept_lines: Kept) -> None:
    text = """import argparse, torch
cli = argparse.ArgumentParser()
cli.add_argument("--scale", default=0.01)
group = cli.add_argument_group("more")
group.add_argument("--seed", default=1)
cli.set_defaults(kind="rnn")
cli.print_help()
opts = cli.parse_args()
""" + FUNCTIONS.replace("zeros(1)]", "zeros(1) * opts.scale]")
    lines = kept_lines(text)
    assert [line for line in lines if line.startswith(("cli", "group", "opts"))] == [
        "cli = argparse.ArgumentParser()",
        'cli.add_argument("--scale", default=0.01)',
        'group = cli.add_argument_group("more")',
        'group.add_argument("--seed", default=1)',
        'cli.set_defaults(kind="rnn")',
        "opts = cli.parse_args()",
    ]
