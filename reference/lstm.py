"""The long short-term memory cell.

Sources: Dive into Deep Learning, chapter "Modern Recurrent Neural Networks", section
"Long Short-Term Memory (LSTM)"; Hochreiter & Schmidhuber 1997, "Long Short-Term Memory";
the forget gate: Gers, Schmidhuber & Cummins 2000, "Learning to Forget".
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True)
class Weights:
    """The numbers one layer learns.

    Shapes: W_xi, W_xf, W_xo, W_xc (I, H); W_hi, W_hf, W_ho, W_hc (H, H);
    b_i, b_f, b_o, b_c (H,).
    """

    W_xi: Tensor
    W_hi: Tensor
    b_i: Tensor
    W_xf: Tensor
    W_hf: Tensor
    b_f: Tensor
    W_xo: Tensor
    W_ho: Tensor
    b_o: Tensor
    W_xc: Tensor
    W_hc: Tensor
    b_c: Tensor


def step(X: Tensor, state: tuple[Tensor, ...], W: Weights) -> tuple[Tensor, ...]:
    """Take the hidden state and the memory cell one time step further.

    Shapes: X (B, I), state (H, C) with H and C (B, H); returns the same form as state.
    Source: Dive into Deep Learning, "Long Short-Term Memory (LSTM)";
    Hochreiter & Schmidhuber 1997.
    """
    H, C = state
    # I_t = σ(X_t W_xi + H_{t-1} W_hi + b_i)
    I_t = torch.sigmoid(X @ W.W_xi + H @ W.W_hi + W.b_i)
    # F_t = σ(X_t W_xf + H_{t-1} W_hf + b_f)
    F_t = torch.sigmoid(X @ W.W_xf + H @ W.W_hf + W.b_f)
    # O_t = σ(X_t W_xo + H_{t-1} W_ho + b_o)
    O_t = torch.sigmoid(X @ W.W_xo + H @ W.W_ho + W.b_o)
    # C̃_t = tanh(X_t W_xc + H_{t-1} W_hc + b_c)
    C_tilde = torch.tanh(X @ W.W_xc + H @ W.W_hc + W.b_c)
    # C_t = F_t ⊙ C_{t-1} + I_t ⊙ C̃_t
    C_t = F_t * C + I_t * C_tilde
    # H_t = O_t ⊙ tanh(C_t)
    H_t = O_t * torch.tanh(C_t)
    return (H_t, C_t)
