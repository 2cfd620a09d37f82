import torch
from d2l import torch as d2l

def get_params(vocab_size, num_hiddens, device):
    h1, h2 = num_hiddens
    def normal(shape):
        return torch.randn(size=shape, device=device) * 0.01
    # hidden layer 1
    W_xh1 = normal((vocab_size, h1))
    W_hh1 = normal((h1, h1))
    b_h1 = torch.zeros(h1, device=device)
    # hidden layer 2
    W_xh2 = normal((h2, h2))
    W_hh2 = normal((h2, h2))
    b_h2 = torch.zeros(h2, device=device)
    # output layer
    W_hq = normal((h2, vocab_size))
    b_q = torch.zeros(vocab_size, device=device)
    params = [W_xh1, W_hh1, b_h1, W_xh2, W_hh2, b_h2, W_hq, b_q]
    for param in params:
        param.requires_grad_(True)
    return params

def init_rnn_state(batch_size, num_hiddens, device):
    h1, h2 = num_hiddens
    return (torch.zeros((batch_size, h1), device=device),
            torch.zeros((batch_size, h2), device=device))

def rnn(inputs, state, params):
    W_xh1, W_hh1, b_h1, W_xh2, W_hh2, b_h2, W_hq, b_q = params
    H1, H2 = state
    h2 = H2.shape[1]
    outputs = []
    for X in inputs:
        H1 = torch.tanh(torch.mm(X, W_xh1) + torch.mm(H1, W_hh1) + b_h1)
        # 256 -> 128: layer 2 is smaller, the other units stay in layer 1
        H2 = torch.tanh(torch.mm(H1[:, :h2], W_xh2) + torch.mm(H2, W_hh2) + b_h2)
        outputs.append(torch.mm(H2, W_hq) + b_q)
    return torch.cat(outputs, dim=0), (H1, H2)

num_hiddens = [256, 128]
