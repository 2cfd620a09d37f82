"""The equations of RNN, GRU, LSTM and of networks stacked from them, each written once.

Sizes: T time steps, B rows of a batch, V tokens of the vocabulary, H hidden units,
I inputs of a layer (V for the lowest, the H of the layer below for the others), L layers.
"""

from . import gru, lstm, rnn, stack

__all__ = ["gru", "lstm", "rnn", "stack"]
