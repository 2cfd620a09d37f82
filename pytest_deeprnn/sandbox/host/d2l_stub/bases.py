"""Base classes of the book's networks and data, as its object-oriented design has them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from pytest_deeprnn.sandbox.host.d2l_stub import callers


def add_to_class(target: type) -> Callable[[Any], None]:
    """Make the decorator that puts a function into a class, under the function's own name."""

    def put(function: Any) -> None:
        setattr(target, function.__name__, function)

    return put


class HyperParameters:
    """Keeps the arguments of a constructor as attributes."""

    def save_hyperparameters(self, ignore: Iterable[str] = ()) -> None:
        """Set each local value of the calling function as an attribute, `self` left out."""
        left_out = {"self", *ignore}
        self.hparams = {
            name: value
            for name, value in callers.arguments().locals.items()
            if name not in left_out and not name.startswith("_")
        }
        for name, value in self.hparams.items():
            setattr(self, name, value)


class ProgressBoard(HyperParameters):
    """A board on which nothing is drawn."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        for name, value in settings.items():
            setattr(self, name, value)

    def draw(self, x: float, y: float, label: str, every_n: int = 1) -> None:
        """Draw nothing."""


class Module(torch.nn.Module, HyperParameters):
    """Base of all networks; `net` is what a subclass makes."""

    net: Any
    lr: float

    def __init__(self, plot_train_per_epoch: int = 2, plot_valid_per_epoch: int = 1) -> None:
        super().__init__()
        self.plot_train_per_epoch = plot_train_per_epoch
        self.plot_valid_per_epoch = plot_valid_per_epoch
        self.board = ProgressBoard()

    def loss(self, y_hat: Any, y: Any) -> Any:
        """Must be written by a subclass."""
        raise NotImplementedError

    def forward(self, *inputs: Any) -> Any:
        """Run `self.net`."""
        if not hasattr(self, "net"):
            raise AssertionError("Neural network is defined")
        return self.net(*inputs)

    def plot(self, key: str, value: Any, train: bool) -> None:
        """Draw nothing."""

    def training_step(self, batch: Any) -> Any:
        """Return the loss of one batch, a sequence that ends with the labels."""
        *inputs, labels = batch
        return self.loss(self(*inputs), labels)

    def validation_step(self, batch: Any) -> None:
        """Compute the loss of one batch."""
        *inputs, labels = batch
        self.loss(self(*inputs), labels)

    def configure_optimizers(self) -> Any:
        """Return plain gradient descent at `self.lr`."""
        return torch.optim.SGD(self.parameters(), lr=self.lr)

    def apply_init(self, inputs: Any, init: Callable[[Any], None] | None = None) -> None:
        """Run once on `inputs`, then initialise `self.net` with `init`."""
        self.forward(*inputs)
        if init is not None:
            self.net.apply(init)


class Classifier(Module):
    """Base of networks whose output are logits over classes."""

    def loss(self, y_hat: Tensor, y: Tensor, averaged: bool = True) -> Tensor:
        """Return the cross entropy of logits (..., classes) and labels (...)."""
        reduction = "mean" if averaged else "none"
        logits = y_hat.reshape(-1, y_hat.shape[-1])
        return functional.cross_entropy(logits, y.reshape(-1), reduction=reduction)

    def accuracy(self, y_hat: Tensor, y: Tensor, averaged: bool = True) -> Tensor:
        """Return the share of right labels, or with `averaged` unset a 1 for each right one."""
        found = y_hat.reshape(-1, y_hat.shape[-1]).argmax(dim=1)
        right = (found.type(y.dtype) == y.reshape(-1)).type(torch.float32)
        return right.mean() if averaged else right

    def layer_summary(self, shape: Iterable[int]) -> None:
        """Print the shape that each layer of `self.net` gives."""
        X = torch.randn(*shape)
        for layer in self.net:
            X = layer(X)
            print(type(layer).__name__, "output shape:\t", X.shape)


class DataModule(HyperParameters):
    """Base of data sets; a subclass brings the data."""

    batch_size: int

    def __init__(self, root: str = "../data", num_workers: int = 4) -> None:
        self.root = root
        self.num_workers = num_workers

    def get_dataloader(self, train: bool) -> Any:
        """Must be written by a subclass."""
        raise NotImplementedError

    def train_dataloader(self) -> Any:
        """Return batches to train on."""
        return self.get_dataloader(train=True)

    def val_dataloader(self) -> Any:
        """Return batches to validate on."""
        return self.get_dataloader(train=False)

    def get_tensorloader(
        self, tensors: Iterable[Tensor], train: bool, indices: slice = slice(None)
    ) -> Any:
        """Return batches of `self.batch_size` rows of the tensors."""
        rows = torch.utils.data.TensorDataset(*(tensor[indices] for tensor in tensors))
        return torch.utils.data.DataLoader(rows, self.batch_size, shuffle=train)


class Trainer(HyperParameters):
    """A training loop that trains nothing: only a network is graded."""

    def __init__(self, max_epochs: int, num_gpus: int = 0, gradient_clip_val: float = 0) -> None:
        self.max_epochs = max_epochs
        self.num_gpus = num_gpus
        self.gradient_clip_val = gradient_clip_val
        self.gpus: list[torch.device] = []

    def fit(self, model: Any, data: Any) -> None:
        """Leave the model as it is."""
        model.trainer, self.model = self, model

    def prepare_data(self, data: Any) -> None:
        """Take no data."""

    def prepare_model(self, model: Any) -> None:
        """Take the model."""
        model.trainer, self.model = self, model

    def prepare_batch(self, batch: Any) -> Any:
        """Return the batch as it is."""
        return batch

    def fit_epoch(self) -> None:
        """Train nothing."""

    def clip_gradients(self, grad_clip_val: float, model: Any) -> None:
        """Scale all gradients of a model so that their norm is at most `grad_clip_val`."""
        clip(model.parameters(), grad_clip_val)


class SGD(HyperParameters):
    """Plain gradient descent."""

    def __init__(self, params: Iterable[Tensor], lr: float) -> None:
        self.params = list(params)
        self.lr = lr

    def step(self) -> None:
        """Move each parameter against its gradient, in place."""
        with torch.no_grad():
            for parameter in self.params:
                if parameter.grad is not None:
                    parameter -= self.lr * parameter.grad

    def zero_grad(self) -> None:
        """Set all gradients to zero, in place."""
        for parameter in self.params:
            if parameter.grad is not None:
                parameter.grad.zero_()


def clip(parameters: Iterable[Tensor], most: float) -> None:
    """Scale all gradients, in place, so that their common norm is at most `most`."""
    grads = [one.grad for one in parameters if one.grad is not None]
    if grads:
        norm = torch.sqrt(sum(((grad**2).sum() for grad in grads), torch.zeros(())))
        for grad in grads if norm > most else ():
            grad *= most / norm
