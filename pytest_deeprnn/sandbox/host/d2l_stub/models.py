"""What the book puts around a network that somebody else wrote: one-hot inputs, an output layer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from pytest_deeprnn.sandbox.host.d2l_stub.bases import Classifier


def _one_hot(tokens: Tensor, size: int) -> Tensor:
    """Return token ids (B, T) as one-hot rows (T, B, size) of the default dtype."""
    return functional.one_hot(tokens.T.long(), size).type(torch.get_default_dtype())


class RNNModelScratch:
    """Three functions as one object (edition 0.17)."""

    def __init__(
        self,
        vocab_size: int,
        num_hiddens: int,
        device: Any,
        get_params: Callable[..., Any],
        init_state: Callable[..., Any],
        forward_fn: Callable[..., Any],
    ) -> None:
        self.vocab_size, self.num_hiddens = vocab_size, num_hiddens
        self.params = get_params(vocab_size, num_hiddens, device)
        self.init_state, self.forward_fn = init_state, forward_fn

    def __call__(self, X: Tensor, state: Any) -> Any:
        """Run the third function on token ids (B, T)."""
        return self.forward_fn(_one_hot(X, self.vocab_size), state, self.params)

    def begin_state(self, batch_size: int, device: Any) -> Any:
        """Run the second function."""
        return self.init_state(batch_size, self.num_hiddens, device)


class RNNModel(nn.Module):
    """A given recurrent layer under a linear one (edition 0.17)."""

    def __init__(self, rnn_layer: Any, vocab_size: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.rnn = rnn_layer
        self.vocab_size = vocab_size
        self.num_hiddens = rnn_layer.hidden_size
        self.num_directions = 2 if getattr(rnn_layer, "bidirectional", False) else 1
        self.linear = nn.Linear(self.num_hiddens * self.num_directions, vocab_size)

    def forward(self, inputs: Tensor, state: Any) -> tuple[Tensor, Any]:
        """Return outputs (T·B, V) and the new state from token ids (B, T)."""
        hiddens, state = self.rnn(_one_hot(inputs, self.vocab_size), state)
        return self.linear(hiddens.reshape(-1, hiddens.shape[-1])), state

    def begin_state(self, device: Any, batch_size: int = 1) -> Any:
        """Return zeros, for an LSTM twice."""
        layers = self.num_directions * self.rnn.num_layers
        count = 2 if isinstance(self.rnn, nn.LSTM) else 1
        zeros = [
            torch.zeros(layers, batch_size, self.num_hiddens, device=device) for _ in range(count)
        ]
        return tuple(zeros) if count > 1 else zeros[0]


class RNNLMScratch(Classifier):
    """A language model over a given network: one-hot inputs, weights for the outputs."""

    def __init__(self, rnn: Any, vocab_size: int, lr: float = 0.01) -> None:
        super().__init__()
        self.rnn, self.vocab_size, self.lr = rnn, vocab_size, lr
        self.init_params()

    def init_params(self) -> None:
        """Make the weights of the output layer."""
        scale = getattr(self.rnn, "sigma", 0.01)
        self.W_hq = nn.Parameter(torch.randn(self.rnn.num_hiddens, self.vocab_size) * scale)
        self.b_q = nn.Parameter(torch.zeros(self.vocab_size))

    def one_hot(self, X: Tensor) -> Tensor:
        """Return token ids (B, T) as one-hot floats (T, B, V)."""
        return _one_hot(X, self.vocab_size)

    def output_layer(self, rnn_outputs: Any) -> Tensor:
        """Return logits (B, T, V) from T hidden states (B, H)."""
        return torch.stack([H @ self.W_hq + self.b_q for H in rnn_outputs], 1)

    def forward(self, X: Tensor, state: Any = None) -> Tensor:
        """Return logits (B, T, V) from token ids (B, T)."""
        rnn_outputs, _ = self.rnn(self.one_hot(X), state)
        return self.output_layer(rnn_outputs)

    def predict(self, prefix: str, num_preds: int, vocab: Any, device: Any = None) -> str:
        """Return the prefix with the most likely characters after it."""
        text, state = list(prefix), None
        for step in range(len(prefix) + num_preds - 1):
            X = torch.tensor([[vocab[text[step]]]], device=device)
            hiddens, state = self.rnn(self.one_hot(X), state)
            if step + 1 >= len(prefix):
                best = int(self.output_layer(hiddens).argmax(dim=2).reshape(1))
                text.append(vocab.to_tokens(best))
        return "".join(text)


class RNNLM(RNNLMScratch):
    """The same with torch's own linear layer."""

    def init_params(self) -> None:
        """Make the output layer."""
        self.linear = nn.LazyLinear(self.vocab_size)

    def output_layer(self, rnn_outputs: Any) -> Tensor:
        """Return logits (B, T, V) from hidden states (T, B, H)."""
        logits: Tensor = self.linear(rnn_outputs).swapaxes(0, 1)
        return logits
