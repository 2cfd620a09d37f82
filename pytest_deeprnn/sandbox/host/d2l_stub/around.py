"""What stands around a network in the book's chapters: devices, loops, clocks and pictures.

Nothing is trained and nothing is drawn: only a network is graded.
"""

from __future__ import annotations

import collections
import itertools
import time
from collections.abc import Iterable, Iterator
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from pytest_deeprnn.sandbox.host.d2l_stub.bases import clip


def cpu() -> torch.device:
    """Return the CPU."""
    return torch.device("cpu")


def gpu(i: int = 0) -> torch.device:
    """Return CUDA's device `i`."""
    return torch.device("cuda", i)


def num_gpus() -> int:
    """Return 0: submissions run on the CPU."""
    return 0


def try_gpu(i: int = 0) -> torch.device:
    """Return the CPU, as on a machine without a GPU."""
    return cpu()


def try_all_gpus() -> list[torch.device]:
    """Return the CPU, as on a machine without a GPU."""
    return [cpu()]


def grad_clipping(net: Any, theta: float, device: Any = None) -> None:
    """Scale the gradients of a network, or of a list of parameters, to a norm of at most theta."""
    if isinstance(net, torch.nn.Module):
        net = net.parameters()
    clip(getattr(net, "params", net), theta)


def sgd(params: Iterable[Tensor], lr: float, batch_size: int) -> None:
    """Move each parameter against its gradient, in place, and set the gradient to zero."""
    with torch.no_grad():
        for parameter in params:
            if parameter.grad is not None:
                parameter -= lr * parameter.grad / batch_size
                parameter.grad.zero_()


def sequence_mask(X: Tensor, valid_len: Tensor, value: float = 0) -> Tensor:
    """Set the entries of each row beyond its valid length, in place; X is (rows, steps, …)."""
    steps = torch.arange(X.shape[1], device=X.device)
    X[steps[None, :] >= valid_len[:, None]] = value
    return X


def one_hot(x: Tensor, n_class: int, dtype: torch.dtype | None = None) -> Tensor:
    """Return token ids (B) as one-hot rows (B, n_class), of the default dtype if none is given."""
    return functional.one_hot(x.long(), n_class).type(dtype or torch.get_default_dtype())


def to_onehot(X: Tensor, n_class: int) -> list[Tensor]:
    """Return token ids (B, T) as T one-hot matrices (B, n_class)."""
    return [one_hot(column, n_class) for column in X.T]


def squared_loss(y_hat: Tensor, y: Tensor) -> Tensor:
    """Return half the squared difference of each element."""
    return (y_hat - y.reshape(y_hat.shape)) ** 2 / 2


def linreg(X: Tensor, w: Tensor, b: Tensor) -> Tensor:
    """Return X·w + b."""
    return X @ w + b


def accuracy(y_hat: Tensor, y: Tensor) -> float:
    """Return how many labels are right."""
    found = y_hat.argmax(dim=1) if y_hat.dim() > 1 and y_hat.shape[1] > 1 else y_hat
    return float((found.type(y.dtype) == y).sum())


def load_array(data_arrays: Iterable[Tensor], batch_size: int, is_train: bool = True) -> Any:
    """Return batches of rows of the given tensors."""
    rows = torch.utils.data.TensorDataset(*data_arrays)
    return torch.utils.data.DataLoader(rows, batch_size, shuffle=is_train)


def check_len(a: Any, n: int) -> None:
    """Raise AssertionError where a list has another length."""
    assert len(a) == n, f"list's length {len(a)} != expected length {n}"


def check_shape(a: Any, shape: Any) -> None:
    """Raise AssertionError where a tensor has another shape."""
    assert a.shape == shape, f"tensor's shape {a.shape} != expected shape {shape}"


def tokenize(lines: Iterable[str], token: str = "word") -> list[list[str]]:
    """Split lines into words or, with `char`, into characters."""
    return [line.split() if token == "word" else list(line) for line in lines]


def count_corpus(tokens: Any) -> collections.Counter[str]:
    """Count tokens in a list, or in a list of lists."""
    nested = bool(tokens) and isinstance(tokens[0], list)
    return collections.Counter(itertools.chain.from_iterable(tokens) if nested else tokens)


def truncate_pad(line: list[Any], num_steps: int, padding_token: Any) -> list[Any]:
    """Cut a line to so many tokens, or fill it up."""
    return (line + [padding_token] * (num_steps - len(line)))[:num_steps]


class Vocab:
    """Numbers the tokens of a text: `<unk>` is one of them, and stands for all that are rare."""

    def __init__(
        self, tokens: Any = (), min_freq: int = 0, reserved_tokens: Iterable[str] | None = None
    ) -> None:
        self.token_freqs = count_corpus(tokens).most_common()
        often = {token for token, count in self.token_freqs if count >= min_freq}
        self.idx_to_token = sorted({"<unk>", *(reserved_tokens or ()), *often})
        self.token_to_idx = {token: index for index, token in enumerate(self.idx_to_token)}

    def __len__(self) -> int:
        return len(self.idx_to_token)

    def __getitem__(self, tokens: Any) -> Any:
        """The number of a token, or of each in a list."""
        if isinstance(tokens, list | tuple):
            return [self[token] for token in tokens]
        return self.token_to_idx.get(tokens, self.unk)

    def to_tokens(self, indices: Any) -> Any:
        """Return the token of a number, or those of several."""
        if hasattr(indices, "__len__") and len(indices) > 1:
            return [self.idx_to_token[int(index)] for index in indices]
        return self.idx_to_token[int(indices)]

    @property
    def unk(self) -> int:
        """The number of the unknown token."""
        return self.token_to_idx["<unk>"]


class Timer:
    """A stopwatch with several laps, in seconds."""

    def __init__(self) -> None:
        self.times: list[float] = []
        self.start()

    def start(self) -> None:
        """Begin a lap."""
        self.tik = time.time()

    def stop(self) -> float:
        """End the lap and return its seconds."""
        self.times.append(time.time() - self.tik)
        return self.times[-1]

    def avg(self) -> float:
        """Return the mean of all laps."""
        return self.sum() / len(self.times)

    def sum(self) -> float:
        """Return the sum of all laps."""
        return sum(self.times)

    def cumsum(self) -> list[float]:
        """Return the sums up to each lap."""
        return list(itertools.accumulate(self.times))


class Benchmark:
    """Times what is done in a `with` block."""

    def __init__(self, description: str = "Done") -> None:
        self.description = description

    def __enter__(self) -> Benchmark:
        self.timer = Timer()
        return self

    def __exit__(self, *error: object) -> None:
        print(f"{self.description}: {self.timer.stop():.4f} sec")


class Accumulator:
    """Adds up several numbers at once."""

    def __init__(self, n: int) -> None:
        self.data = [0.0] * n

    def add(self, *args: Any) -> None:
        """Add to each number."""
        self.data = [old + float(more) for old, more in zip(self.data, args, strict=False)]

    def reset(self) -> None:
        """Set all to zero."""
        self.data = [0.0] * len(self.data)

    def __getitem__(self, idx: Any) -> Any:
        return self.data[idx]


class Nothing:
    """Takes whatever is done to a picture, and does nothing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        pass

    def __call__(self, *args: Any, **kwargs: Any) -> Nothing:
        """Return the same again, whatever is asked."""
        return self

    def __getattr__(self, name: str) -> Nothing:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __getitem__(self, place: Any) -> Nothing:
        return self

    def __setitem__(self, place: Any, value: Any) -> None:
        pass

    def __iter__(self) -> Iterator[Nothing]:
        """As a figure and its axes: `fig, axes = plt.subplots()`."""
        return iter((self, self))


class Animator(Nothing):
    """Draws nothing."""


def nothing(*args: Any, **kwargs: Any) -> None:
    """Do nothing."""


def predict(prefix: str, *args: Any, **kwargs: Any) -> str:
    """Return the prefix: nothing is trained, so nothing can be told of what follows."""
    return prefix


class Encoder(torch.nn.Module):
    """Base of encoders."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__()

    def forward(self, X: Any, *args: Any) -> Any:
        """Must be written by a subclass."""
        raise NotImplementedError


class Decoder(Encoder):
    """Base of decoders."""

    def init_state(self, enc_outputs: Any, *args: Any) -> Any:
        """Must be written by a subclass."""
        raise NotImplementedError
