import torch
from torch.distributions.uniform import Uniform


def get_params(vocab_size, num_hiddens, device):
    W_xh_1 = torch.randn(vocab_size, num_hiddens, device=device)*0.01
    W_hh_1 = torch.randn(num_hiddens, num_hiddens, device=device)*0.01
    b_h_1 = torch.zeros(num_hiddens, device=device)

    W_xh_2 = torch.randn(num_hiddens, num_hiddens, device=device)*0.01
    W_hh_2 = torch.randn(num_hiddens, num_hiddens, device=device)*0.01
    b_h_2 = torch.zeros(num_hiddens, device=device)

    W_hq = torch.randn(num_hiddens, vocab_size, device=device)*0.01
    b_q = torch.zeros(vocab_size, device=device)

    params = [W_xh_1, W_hh_1, b_h_1, W_xh_2, W_hh_2, b_h_2, W_hq, b_q]
    for p in params:
        p.requires_grad_(True)
    return params


def init_rnn_state(batch_size, num_hiddens, device):
    H_1 = torch.zeros((batch_size, num_hiddens), device=device)
    H_2 = torch.zeros((batch_size, num_hiddens), device=device)
    return H_1, H_2


def rnn(inputs, state, params):
    W_xh_1, W_hh_1, b_h_1, W_xh_2, W_hh_2, b_h_2, W_hq, b_q = params
    H_1, H_2 = state
    outputs = []
    for X in inputs:
        A_1 = torch.mm(X, W_xh_1) + torch.mm(H_2, W_hh_1) + b_h_1
        A_2 = torch.mm(H_1, W_hh_2) + b_h_2
        H_1 = torch.tanh(A_1)
        H_2 = torch.tanh(torch.mm(H_1, W_xh_2) + A_2)
        outputs.append(torch.mm(H_2, W_hq) + b_q)
    return torch.cat(outputs, dim=0), (H_1, H_2)
