import torch
import torch.nn.functional as F


def get_params(vocab_size, num_hiddens, device):
    def gauss(*shape):
        return torch.empty(shape, device=device).normal_(std=0.01)

    w_ih = gauss(num_hiddens, vocab_size)
    w_hh = gauss(num_hiddens, num_hiddens)
    b_ih = torch.zeros(num_hiddens, device=device)
    b_hh = torch.zeros(num_hiddens, device=device)
    w_out = gauss(vocab_size, num_hiddens)
    b_out = torch.zeros(vocab_size, device=device)
    params = [w_ih, w_hh, b_ih, b_hh, w_out, b_out]
    for p in params:
        p.requires_grad = True
    return params


def init_state(batch_size, num_hiddens, device):
    return torch.zeros(batch_size, num_hiddens, device=device)


def forward(inputs, state, params):
    w_ih, w_hh, b_ih, b_hh, w_out, b_out = params
    h = state
    logits = []
    for x in inputs:
        h = torch.rnn_tanh_cell(x, h, w_ih, w_hh, b_ih, b_hh)
        logits.append(F.linear(h, w_out, b_out))
    return torch.cat(logits), h
