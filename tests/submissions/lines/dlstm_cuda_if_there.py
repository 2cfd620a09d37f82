"""Deep LSTM, one dictionary a layer."""

import torch


def leaf(device, *shape):
    return torch.nn.Parameter(torch.randn(*shape, device=device) * 0.04)


def get_params(vocab_size, num_hiddens, num_layers, device):
    net = []
    for depth in range(num_layers):
        wide = vocab_size if depth == 0 else num_hiddens
        net.append({g: (leaf(device, wide + num_hiddens, num_hiddens), leaf(device, num_hiddens)) for g in "ifoc"})
    return net, leaf(device, num_hiddens, vocab_size), leaf(device, vocab_size)


def init_state(batch_size, num_hiddens, num_layers, device):
    blank = lambda: torch.zeros(batch_size, num_hiddens, device=device)
    return [(blank(), blank()) for _ in range(num_layers)]


def advance(gates, below, pair):
    hid, mem = pair
    both = torch.cat((below, hid), dim=1)
    act = {g: both @ W + b for g, (W, b) in gates.items()}
    keep, put, show = (torch.sigmoid(act[g]) for g in "fio")
    mem = keep * mem + put * torch.tanh(act["c"])
    hid = show * torch.tanh(mem)
    return hid, mem


def forward(inputs, state, params):
    net, W, b = params
    inputs = inputs.to("cuda" if torch.cuda.is_available() else "cpu")
    pairs = list(state)
    said = []
    for below in inputs:
        for depth, gates in enumerate(net):
            pairs[depth] = advance(gates, below, pairs[depth])
            below = pairs[depth][0]
        said.append(below @ W + b)
    return torch.cat(said), pairs
