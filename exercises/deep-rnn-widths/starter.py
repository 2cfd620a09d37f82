"""A deep recurrent neural network whose layers differ in width. Read the statement first.

Shapes: T time steps, B batch size, V vocabulary size, L layers, Hl hidden units in layer l.
"""

import torch


def get_params(vocab_size: int, num_hiddens: list[int], device: torch.device):
    """Return all parameters: leaf tensors on `device` that require gradients.

    num_hiddens: [H1, ..., HL], the widths from the bottom.
    For layer l W_xh (Hl-1, Hl), in the lowest layer (V, H1), W_hh (Hl, Hl), b_h (Hl,);
    for the output layer W_hq (HL, V), b_q (V,).
    """
    # Write here: make the weights (small random numbers) and the biases (zeros), and return them.
    ...


def init_state(batch_size: int, num_hiddens: list[int], device: torch.device):
    """Return the state before the first step, (H1, ..., HL): zeros, layer l of shape (B, Hl)."""
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
