# 第一版练习：循环神经网络，从零实现
import torch
from torch import nn
from d2l import torch as d2l

d2l.DATA_HUB['my_text'] = (d2l.DATA_URL + 'my_text.txt', '0123')


class Gewichte(d2l.Module):
    """只保存大小，不计算。"""

    def __init__(self, eingang, breite, sigma=0.01):
        super().__init__()
        self.save_hyperparameters()


@d2l.add_to_class(Gewichte)
def normal(self, *shape, device):
    return nn.Parameter(d2l.randn(*shape, device=device) * self.sigma)


def get_params(vocab_size, num_hiddens, device):
    g = Gewichte(vocab_size, num_hiddens, sigma=0.02)
    W_xh = g.normal(g.eingang, g.breite, device=device)
    W_hh = g.normal(g.breite, g.breite, device=device)
    b_h = nn.Parameter(d2l.zeros(g.breite, device=device))
    W_hq = g.normal(g.breite, g.eingang, device=device)
    b_q = nn.Parameter(d2l.zeros(g.eingang, device=device))
    return [W_xh, W_hh, b_h, W_hq, b_q]


def init_rnn_state(batch_size, num_hiddens, device=d2l.try_gpu()):
    return (d2l.zeros((batch_size, num_hiddens), device=device),)


def rnn(inputs, state, params):
    W_xh, W_hh, b_h, W_hq, b_q = params
    H, = state
    d2l.check_len(params, 5)
    outputs = []
    for X in inputs:
        H = d2l.tanh(d2l.matmul(X, W_xh) + d2l.matmul(H, W_hh) + b_h)
        outputs.append(d2l.matmul(H, W_hq) + b_q)
    return d2l.concat(outputs, 0), (H,)


num_hiddens, device = 512, d2l.try_gpu()
net = d2l.RNNModelScratch(28, num_hiddens, device, get_params, init_rnn_state, rnn)
train_iter, vocab = d2l.load_data_time_machine(32, 35)
d2l.train_ch8(net, train_iter, vocab, 1, 500, device)
