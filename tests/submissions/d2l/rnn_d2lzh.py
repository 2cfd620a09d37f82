# 《动手学深度学习》第一版（PyTorch）
import sys
sys.path.append("..")
import torch
import torch.nn as nn
import d2lzh_pytorch as d2l
from d2lzh_pytorch import to_onehot
device = d2l.try_gpu()

(corpus_indices, char_to_idx, idx_to_char, vocab_size) = d2l.load_data_jay_lyrics()
num_inputs, num_hiddens, num_outputs = vocab_size, 256, vocab_size


def get_params(vocab_size, num_hiddens, device):
    def _one(shape):
        return nn.Parameter(torch.randn(shape, device=device) * 0.01)
    W_xh = _one((vocab_size, num_hiddens))
    W_hh = _one((num_hiddens, num_hiddens))
    b_h = nn.Parameter(torch.zeros(num_hiddens, device=device))
    W_hq = _one((num_hiddens, vocab_size))
    b_q = nn.Parameter(torch.zeros(vocab_size, device=device))
    return nn.ParameterList([W_xh, W_hh, b_h, W_hq, b_q])


def init_rnn_state(batch_size, num_hiddens, device):
    return (torch.zeros((batch_size, num_hiddens), device=device), )


def rnn(inputs, state, params):
    W_xh, W_hh, b_h, W_hq, b_q = params
    H, = state
    outputs = []
    for X in inputs:
        H = torch.tanh(torch.matmul(X, W_xh) + torch.matmul(H, W_hh) + b_h)
        outputs.append(torch.matmul(H, W_hq) + b_q)
    return torch.cat(outputs), (H,)


if __name__ == "__main__":
    inputs = to_onehot(torch.arange(10).view(2, 5), vocab_size)
    d2l.train_and_predict_rnn(rnn, get_params, init_rnn_state, num_hiddens, vocab_size, device)
