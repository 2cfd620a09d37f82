"""Finds what stands for a name of the book's package."""

from __future__ import annotations

import collections
import functools
import importlib
import math
import os
import random
import re
import time
from collections.abc import Callable
from typing import Any

import torch

from pytest_deeprnn.sandbox.host.d2l_stub import around, bases, models, networks

_METHODS = """
    numpy size reshape to reduce_sum argmax astype transpose reduce_mean expand_dims swapaxes repeat
"""
#: Where a tensor's method has another name.
_CALLED = {
    "size": "numel",
    "reduce_sum": "sum",
    "astype": "type",
    "transpose": "t",
    "reduce_mean": "mean",
    "expand_dims": "unsqueeze",
}
#: torch's own under the same name: those that both editions have.
_SAME = """
    ones ones_like zeros zeros_like tensor arange meshgrid sin sinh cos cosh tanh linspace exp log
    normal rand randn matmul int32 int64 float32 stack abs eye sigmoid nn device
"""
_DATA = """
    load_data_time_machine load_corpus_time_machine read_time_machine TimeMachine SeqDataLoader
    seq_data_iter_random seq_data_iter_sequential load_data_jay_lyrics load_data_nmt read_data_nmt
    MTFraEng FashionMNIST load_data_fashion_mnist SyntheticRegressionData synthetic_data
    get_data_ch11 load_data_ptb load_data_wiki load_data_imdb load_data_snli load_data_voc
    load_data_bananas download download_extract download_all extract TokenEmbedding
    data_iter_random data_iter_consecutive get_fashion_mnist_labels
"""
_STUBS = """
    use_svg_display set_figsize set_axes plot semilogy annotate show_images show_heatmaps
    show_bboxes show_trace_2d show_list_len_pair_hist bbox_to_rect train_2d train_ch3 train_ch5
    train_ch6 train_ch8 train_ch11 train_ch13 train_concise_ch11 train_seq2seq train_epoch_ch3
    train_epoch_ch8 train_batch_ch13 train_and_predict_rnn train_and_predict_rnn_pytorch
    evaluate_accuracy evaluate_accuracy_gpu evaluate_loss predict_ch3 init_seq2seq init_cnn
"""
_PREDICTING = "predict_ch8 predict_rnn predict_rnn_pytorch"
_OTHER_CHAPTERS = """
    LinearRegression LinearRegressionScratch SoftmaxRegression LeNet Residual ResNeXtBlock resnet18
    corr2d EncoderDecoder AttentionDecoder AdditiveAttention DotProductAttention MultiHeadAttention
    masked_softmax transpose_qkv transpose_output PositionalEncoding PositionWiseFFN AddNorm
    EncoderBlock TransformerEncoder TransformerEncoderBlock BERTModel BERTEncoder MaskLM
    NextSentencePred MaskedSoftmaxCELoss bleu batchify subsample RandomGenerator box_iou nms
    multibox_prior multibox_target multibox_detection split_batch build_array_nmt preprocess_nmt
    tokenize_nmt predict_sentiment predict_snli rbfkernel HPOTrainer HPOSearcher HPOScheduler
    RandomSearcher BasicScheduler BasicSearcher
"""


def _method(name: str) -> Callable[..., Any]:
    """A function that calls a tensor's method."""
    called = _CALLED.get(name, name)

    def function(x: Any, *args: Any, **kwargs: Any) -> Any:
        return getattr(x, called)(*args, **kwargs)

    return function


def _public(module: Any) -> dict[str, Any]:
    """What a module defines itself."""
    return {
        name: value
        for name, value in vars(module).items()
        if getattr(value, "__module__", None) == module.__name__ and not name.startswith("_")
    }


def _absent(name: str, error: type[Exception], why: str) -> type:
    """A class that can be named and inherited from, and that raises where it is made or called."""

    def refuse(self: Any, *args: Any, **kwargs: Any) -> None:
        raise error(f"d2l.{name} {why}")

    return type(name, (), {"__init__": refuse})


NAMES: dict[str, Any] = {
    **{name: getattr(torch, name) for name in _SAME.split()},
    **{name: _method(name) for name in _METHODS.split()},
    "concat": torch.cat,
    "batch_matmul": torch.bmm,
    "F": torch.nn.functional,
    "nn_Module": torch.nn.Module,
    "Tensor": torch.Tensor,
    "no_grad": torch.no_grad,
    **{one.__name__: one for one in (collections, math, os, random, re, time)},
    "defaultdict": collections.defaultdict,
    **_public(bases),
    **_public(models),
    **_public(around),
    **dict.fromkeys(_STUBS.split(), around.nothing),
    **dict.fromkeys(_PREDICTING.split(), around.predict),
    **{name: around.Nothing() for name in ("plt", "display")},
    **{name: getattr(networks, name) for name in ("RNNScratch", "RNN", "GRU")},
    **{
        name: _absent(name, FileNotFoundError, "reads data, and there is none where this is graded")
        for name in _DATA.split()
    },
    **{
        name: _absent(name, NotImplementedError, "belongs to other chapters, and is not here")
        for name in _OTHER_CHAPTERS.split()
    },
    "DATA_HUB": {},
    "DATA_URL": "http://d2l-data.s3-accelerate.amazonaws.com/",
    "__version__": "1.0.3",
}
for _helper in ("clip", "nothing", "predict", "Nothing"):
    del NAMES[_helper]


@functools.cache
def find(name: str) -> Any:
    """Return what stands for a name; AttributeError where the package has none such."""
    if name in NAMES:
        return NAMES[name]
    if name == "np":
        return importlib.import_module("numpy")
    if networks.RECURRENT.search(name) and not name.startswith("_"):
        return networks.elsewhere(name)
    if name in dir(torch._C._VariableFunctions) or isinstance(
        getattr(torch, name, None), torch.dtype
    ):
        return getattr(torch, name)
    raise AttributeError(f"{name} is nothing that stands in for the book's package d2l here")
