import torch
from itertools import pairwise

def get_params(vocab_size, widths, device):
    params = []
    for n, m in pairwise([vocab_size, *widths]):
        params.append([torch.randn(m, m, device=device) * .01,
                       torch.randn(n, m, device=device) * .01,
                       torch.zeros(1, m, device=device)])
    params.append([torch.randn(widths[-1], vocab_size, device=device) * .01,
                   torch.zeros(1, vocab_size, device=device)])
    for group in params:
        for p in group: p.requires_grad_()
    return params

# all hidden states side by side in one (batch, sum of widths) tensor,
# a stack over the layers is not possible when they differ
def init_state(batch_size, widths, device):
    return torch.zeros(batch_size, sum(widths), device=device)

def rnn(inputs, state, params):
    layers, (Wq, bq) = params[:-1], params[-1]
    widths = [Whh.shape[0] for Whh, _, _ in layers]
    outs = []
    for x in inputs:
        parts = state.split(widths, dim=1)
        new = []
        for h, (Whh, Wxh, b) in zip(parts, layers):
            x = torch.tanh(h @ Whh + x @ Wxh + b)
            new.append(x)
        state = torch.cat(new, dim=1)
        outs.append(x @ Wq + bq)
    return torch.cat(outs), state
