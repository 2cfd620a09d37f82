"""A deep recurrent neural network, written from scratch. Read the statement first.

Shapes: T time steps, B batch size, V vocabulary size, H hidden units in each layer, L layers.
"""

import torch


def get_params(vocab_size: int, num_hiddens: int, num_layers: int, device: torch.device):
    """Return all parameters: leaf tensors on `device` that require gradients.

    For each layer W_xh (H, H), in the lowest layer (V, H), W_hh (H, H), b_h (H,);
    for the output layer W_hq (H, V), b_q (V,).
    """
    # Write here: make the weights (small random numbers) and the biases (zeros), and return them.
    ...


def init_state(batch_size: int, num_hiddens: int, num_layers: int, device: torch.device):
    """Return the state before the first step, (H1, ..., HL): zeros of shape (B, H) each."""
    # Write here: make the zeros on `device`.
    ...


def forward(inputs: torch.Tensor, state, params):
    """Return (outputs, new_state).

    inputs: one-hot floats (T, B, V); state: as init_state returns it; params: as get_params does.
    outputs: (T*B, V), all rows of the first step first; new_state: in the same form as state.
    """
    # Write here, for each time step:
    # the new hidden state of every layer from the bottom, then the output.
    ...
