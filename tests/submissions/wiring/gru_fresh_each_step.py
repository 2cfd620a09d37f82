import torch
from torch import tensor, sigmoid, tanh, zeros, randn, cat

class Gate(torch.nn.Module):
    def __init__(self, n_in, n_hid, device):
        super().__init__()
        self.x = torch.nn.Parameter(randn(n_in, n_hid, device=device) * 0.01)
        self.h = torch.nn.Parameter(randn(n_hid, n_hid, device=device) * 0.01)
        self.b = torch.nn.Parameter(zeros(n_hid, device=device))

def get_params(vocab_size, num_hiddens, device):
    update = Gate(vocab_size, num_hiddens, device)
    reset = Gate(vocab_size, num_hiddens, device)
    cand = Gate(vocab_size, num_hiddens, device)
    W = torch.nn.Parameter(randn(num_hiddens, vocab_size, device=device) * 0.01)
    b = torch.nn.Parameter(zeros(vocab_size, device=device))
    return [list(update.parameters()), list(reset.parameters()), list(cand.parameters()), [W, b]]

def init_state(batch_size, num_hiddens, device):
    return (zeros(batch_size, num_hiddens, device=device),)

def gru(inputs, state, params):
    (uW, uU, ub), (rW, rU, rb), (cW, cU, cb), (W, b) = params
    H, = state
    ys = []
    for t in range(inputs.shape[0]):
        x = inputs[t]
        H_prev = torch.zeros_like(H)
        u = sigmoid(x @ uW + H_prev @ uU + ub)
        r = sigmoid(x @ rW + H_prev @ rU + rb)
        c = tanh(x @ cW + (r * H_prev) @ cU + cb)
        H = u * H_prev + (1 - u) * c
        ys.append(H @ W + b)
    return cat(ys, 0), (H,)

losses = []
for epoch in range(3):
    p = get_params(10, 8, 'cpu')
    y, s = gru(torch.eye(10)[:, None, :], init_state(1, 8, 'cpu'), p)
    losses.append(y.pow(2).mean().item())
print(losses)
