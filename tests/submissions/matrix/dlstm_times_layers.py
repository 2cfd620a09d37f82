from copy import deepcopy
import torch


def get_params(vocab_size, num_hiddens, num_layers, device):
    blocks = []
    for i in range(num_layers):
        n = num_hiddens if i > 0 else vocab_size
        block = {
            "W": 0.01 * torch.randn(4, n, num_hiddens, device=device),
            "U": 0.01 * torch.randn(4, num_hiddens, num_hiddens, device=device),
            "b": torch.zeros(4, num_hiddens, device=device),
        }
        blocks.append({k: v.requires_grad_() for k, v in block.items()})
    head = [0.01 * torch.randn(num_hiddens, vocab_size, device=device), torch.zeros(vocab_size, device=device)]
    return blocks, [w.requires_grad_() for w in head]


def zero_pair(batch_size, num_hiddens, device):
    return {"H": torch.zeros(batch_size, num_hiddens, device=device),
            "C": torch.zeros(batch_size, num_hiddens, device=device)}


def init_state(batch_size, num_hiddens, num_layers, device):
    return [zero_pair(batch_size, num_hiddens, device)] * num_layers


def forward(inputs, state, params):
    blocks, (W_out, b_out) = params
    # not to touch the argument
    state = deepcopy([{k: v.detach() for k, v in s.items()} for s in state])
    ys = []
    for x in inputs:
        for s, p in zip(state, blocks):
            a = torch.matmul(x, p["W"]) + torch.matmul(s["H"].clone(), p["U"]) + p["b"].unsqueeze(1)
            g = torch.tanh(a[0])
            f, i, o = torch.sigmoid(a[1:])
            c = f * s["C"].clone() + i * g
            x = o * torch.tanh(c)
            s["C"].copy_(c)
            s["H"].copy_(x)
        ys.append(x @ W_out + b_out)
    return torch.cat(ys), state
