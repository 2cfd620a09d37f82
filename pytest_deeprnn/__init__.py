"""Checks deep RNN, GRU and LSTM networks that learners write from scratch in PyTorch."""

__version__ = "0.1.0"
