"""RNN nhiều lớp, mỗi lớp có số nút ẩn riêng"""
import torch
from torch import nn

def get_params(vocab_size, num_hiddens, device):
    lop = []
    for h in num_hiddens:
        lop.append([nn.Parameter(torch.randn(vocab_size, h, device=device) * 0.01),
                    nn.Parameter(torch.randn(h, h, device=device) * 0.01),
                    nn.Parameter(torch.zeros(h, device=device))])
    ra = [nn.Parameter(torch.randn(num_hiddens[-1], vocab_size, device=device) * 0.01),
          nn.Parameter(torch.zeros(vocab_size, device=device))]
    return lop, ra

def init_state(batch_size, num_hiddens, device):
    return [torch.zeros(batch_size, h, device=device) for h in num_hiddens]

def forward(inputs, state, params):
    lop, (W_hq, b_q) = params
    H = list(state)
    outputs = []
    for t in range(inputs.shape[0]):
        X = inputs[t]
        for k in range(len(H)):
            W_xh, W_hh, b_h = lop[k]
            H[k] = torch.tanh(X @ W_xh + H[k] @ W_hh + b_h)
        outputs.append(H[-1] @ W_hq + b_q)
    return torch.cat(outputs, 0), H
