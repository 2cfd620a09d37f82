import torch
from typing import List, Tuple
from torch import Tensor
@torch.jit.script
def cell(x: Tensor, h: Tensor, W: Tensor, U: Tensor, b: Tensor) -> Tensor:
    gx = x @ W + b
    gh = h @ U
    xr, xz, xn = gx.chunk(3, 1)
    hr, hz, hn = gh.chunk(3, 1)
    r = torch.sigmoid(xr + hr)
    z = torch.sigmoid(xz + hz)
    n = torch.tanh(xn + r * hn)
    return n + z * (h - n)
def get_params(vocab_size, num_hiddens, num_layers, device):
    def p(*s): return (torch.randn(*s, device=device) * .1).requires_grad_()
    ps = []
    for i in range(num_layers):
        ps.append((p(vocab_size if i == 0 else num_hiddens, 3*num_hiddens), p(num_hiddens, 3*num_hiddens), p(3*num_hiddens)))
    return ps, (p(num_hiddens, vocab_size), p(vocab_size))
def init_state(batch_size, num_hiddens, num_layers, device):
    return torch.zeros(num_layers, batch_size, num_hiddens, device=device)
def forward(inputs, state, params):
    layers, (V, c) = params
    hs = list(torch.unbind(state))
    xs = inputs
    new = []
    for (W, U, b), h in zip(layers, hs):
        ys = []
        for x in xs:
            h = cell(x, h, W, U, b); ys.append(h)
        xs = torch.stack(ys); new.append(h)
    return (xs @ V + c).flatten(0, 1), torch.stack(new)
