"""A gated recurrent unit (GRU), written from scratch. Read the statement first.

Shapes: T time steps, B batch size, V vocabulary size, H hidden units.
"""

import torch


def get_params(vocab_size: int, num_hiddens: int, device: torch.device):
    """Return all parameters: leaf tensors on `device` that require gradients.

    For the reset gate, the update gate and the candidate each
    W_x (V, H), W_h (H, H), b (H,);
    for the output layer W_hq (H, V), b_q (V,).
    """
    # Write here: make the weights (small random numbers) and the biases (zeros), and return them.
    ...


def init_state(batch_size: int, num_hiddens: int, device: torch.device):
    """Return the state before the first step, (H,): zeros of shape (B, H)."""
    # Write here: make the zeros on `device`.
    ...


def forward(inputs: torch.Tensor, state, params):
    """Return (outputs, new_state).

    inputs: one-hot floats (T, B, V); state: as init_state returns it; params: as get_params does.
    outputs: (T*B, V), all rows of the first step first; new_state: in the same form as state.
    """
    # Write here, for each time step:
    # both gates, the candidate, the new hidden state, then the output from it.
    ...
