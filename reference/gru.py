"""The gated recurrent unit, with the reset gate before or after the recurrent product.

Sources: Dive into Deep Learning, chapter "Modern Recurrent Neural Networks", section
"Gated Recurrent Units (GRU)"; Cho et al. 2014, "Learning Phrase Representations using RNN
Encoder-Decoder for Statistical Machine Translation"; for reset after, the documentation of
torch.nn.GRU.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True)
class Weights:
    """The numbers one layer learns.

    Shapes: W_xr, W_xz, W_xh (I, H); W_hr, W_hz, W_hh (H, H); b_r, b_z, b_h, b_hh (H,).
    b_hh is the candidate's second bias, which only step_reset_after reads; None is zero.
    """

    W_xr: Tensor
    W_hr: Tensor
    b_r: Tensor
    W_xz: Tensor
    W_hz: Tensor
    b_z: Tensor
    W_xh: Tensor
    W_hh: Tensor
    b_h: Tensor
    b_hh: Tensor | None = None


def _gates(X: Tensor, H: Tensor, W: Weights) -> tuple[Tensor, Tensor]:
    # R_t = σ(X_t W_xr + H_{t-1} W_hr + b_r)
    R_t = torch.sigmoid(X @ W.W_xr + H @ W.W_hr + W.b_r)
    # Z_t = σ(X_t W_xz + H_{t-1} W_hz + b_z)
    Z_t = torch.sigmoid(X @ W.W_xz + H @ W.W_hz + W.b_z)
    return R_t, Z_t


def step(X: Tensor, state: tuple[Tensor, ...], W: Weights) -> tuple[Tensor, ...]:
    """Take the hidden state one time step further, reset before the recurrent product.

    Shapes: X (B, I), state (H,) with H (B, H); returns the same form as state.
    Source: Dive into Deep Learning, "Gated Recurrent Units (GRU)"; Cho et al. 2014.
    """
    (H,) = state
    R_t, Z_t = _gates(X, H, W)
    # H̃_t = tanh(X_t W_xh + (R_t ⊙ H_{t-1}) W_hh + b_h)
    H_tilde = torch.tanh(X @ W.W_xh + (R_t * H) @ W.W_hh + W.b_h)
    # H_t = Z_t ⊙ H_{t-1} + (1 - Z_t) ⊙ H̃_t
    H_t = Z_t * H + (1 - Z_t) * H_tilde
    return (H_t,)


def step_reset_after(X: Tensor, state: tuple[Tensor, ...], W: Weights) -> tuple[Tensor, ...]:
    """Take the hidden state one time step further, reset after the recurrent product.

    Shapes: X (B, I), state (H,) with H (B, H); returns the same form as state.
    Source: the documentation of torch.nn.GRU (its n is H̃, its b_in is b_h, its b_hn is b_hh).
    """
    (H,) = state
    R_t, Z_t = _gates(X, H, W)
    b_hh = 0 if W.b_hh is None else W.b_hh
    # H̃_t = tanh(X_t W_xh + b_h + R_t ⊙ (H_{t-1} W_hh + b_hh))
    H_tilde = torch.tanh(X @ W.W_xh + W.b_h + R_t * (H @ W.W_hh + b_hh))
    # H_t = Z_t ⊙ H_{t-1} + (1 - Z_t) ⊙ H̃_t
    H_t = Z_t * H + (1 - Z_t) * H_tilde
    return (H_t,)
