"""A small right network, whole and in parts, and the files that it may be handed in as."""

from __future__ import annotations

import json

IMPORT = "import torch\n"

PARAMS = '''

def get_params(vocab_size, num_hiddens, device):
    """Gewichte: Eingabe, Zustand, Ausgabe."""
    weights = [
        torch.randn(rows, columns, device=device) * 0.01
        for rows, columns in ((vocab_size, num_hiddens), (num_hiddens,) * 2)
    ]
    weights.append(torch.zeros(num_hiddens, device=device))
    weights.append(torch.randn(num_hiddens, vocab_size, device=device) * 0.01)
    weights.append(torch.zeros(vocab_size, device=device))
    return [weight.requires_grad_() for weight in weights]
'''

STATE = """

def init_state(batch_size, num_hiddens, device):
    return (torch.zeros((batch_size, num_hiddens), device=device),)
"""

FORWARD = '''

def forward(inputs, state, params):
    """一层循环网络。"""
    W, U, b, V, c = params
    (h,) = state
    rows = []
    for x in inputs:
        h = torch.tanh(x @ W + h @ U + b)
        rows.append(h @ V + c)
    return torch.cat(rows), (h,)
'''

WHOLE = IMPORT + PARAMS + STATE + FORWARD


def notebook(*cells: str) -> str:
    """Write a notebook of these code cells."""
    listed: list[dict[str, object]] = [
        {
            "cell_type": "code",
            "execution_count": None,
            "metadata": {},
            "outputs": [],
            "source": cell.splitlines(keepends=True),
        }
        for cell in cells
    ]
    return json.dumps({"cells": listed, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def cell_magic(name: str, arguments: str, text: str) -> str:
    """Write what nbconvert makes of a cell that begins with a magic."""
    return f"get_ipython().run_cell_magic({name!r}, {arguments!r}, {text!r})\n"
