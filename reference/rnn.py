"""The plain recurrent cell with tanh.

Source: Dive into Deep Learning, chapter "Recurrent Neural Networks", section
"Recurrent Neural Networks with Hidden States".
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True)
class Weights:
    """The numbers one layer learns.

    Shapes: W_xh (I, H), W_hh (H, H), b_h (H,).
    """

    W_xh: Tensor
    W_hh: Tensor
    b_h: Tensor


def step(X: Tensor, state: tuple[Tensor, ...], W: Weights) -> tuple[Tensor, ...]:
    """Take the hidden state one time step further.

    Shapes: X (B, I), state (H,) with H (B, H); returns the same form as state.
    Source: as above, "Recurrent Neural Networks with Hidden States".
    """
    (H,) = state
    # H_t = tanh(X_t W_xh + H_{t-1} W_hh + b_h)
    H_t = torch.tanh(X @ W.W_xh + H @ W.W_hh + W.b_h)
    return (H_t,)
