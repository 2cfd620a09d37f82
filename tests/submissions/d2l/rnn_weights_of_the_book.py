from d2l import torch as d2l
import torch

vorlage = d2l.RNNScratch(28, 32, sigma=0.02)

def get_params(vocab_size, num_hiddens, device):
    vorlage.__init__(vocab_size, num_hiddens, 0.02)
    vorlage.to(device)
    kernel, loop, bias = vorlage.parameters()
    W = torch.randn(num_hiddens, vocab_size, device=device) * 0.02
    return [kernel, loop, bias, W.requires_grad_(), torch.zeros(vocab_size, device=device, requires_grad=True)]

def init_state(batch_size, num_hiddens, device):
    return [torch.zeros(batch_size, num_hiddens, device=device)]

def forward(inputs, state, params):
    kernel, loop, bias, W, b = params
    H, rows = state[0], []
    for X in inputs:
        H = torch.tanh(X @ kernel + H @ loop + bias)
        rows.append(H @ W + b)
    return torch.cat(rows), [H]
