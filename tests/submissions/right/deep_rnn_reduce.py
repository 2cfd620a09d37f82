import torch
from functools import reduce
from collections import deque, OrderedDict
def get_params(vocab_size, num_hiddens, num_layers, device):
    sizes = [vocab_size] + [num_hiddens] * num_layers
    d = OrderedDict()
    for k, (a, b) in enumerate(zip(sizes, sizes[1:]), 1):
        d[f'W{k}'] = torch.nn.init.xavier_normal_(torch.empty(b, a + b, device=device)).requires_grad_()
        d[f'b{k}'] = torch.zeros(b, device=device).requires_grad_()
    d['Wo'] = torch.nn.init.xavier_normal_(torch.empty(vocab_size, num_hiddens, device=device)).requires_grad_()
    d['bo'] = torch.zeros(vocab_size, device=device).requires_grad_()
    return d
def init_state(batch_size, num_hiddens, num_layers, device):
    return {f'layer_{k}': torch.zeros(batch_size, num_hiddens, device=device) for k in range(1, num_layers + 1)}
def forward(inputs, state, params):
    def layer(carry, k):
        x, st, new = carry
        h = torch.einsum('ho,bo->bh', params[f'W{k}'], torch.cat((x, st[f'layer_{k}']), -1)) + params[f'b{k}']
        h = torch.tanh(h)
        return h, st, {**new, f'layer_{k}': h}
    def step(carry, x):
        ys, st = carry
        h, _, new = reduce(layer, range(1, len(st) + 1), (x, st, {}))
        ys.append(torch.einsum('oh,bh->bo', params['Wo'], h) + params['bo'])
        return ys, new
    ys, st = reduce(step, inputs, (deque(), state))
    return torch.cat(tuple(ys)), st
