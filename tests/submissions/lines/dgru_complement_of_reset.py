"""Deep GRU: each layer runs over the whole sequence before the next one starts."""

import torch


def rand(*shape, device):
    return torch.normal(0, 0.02, shape, device=device, requires_grad=True)


def get_params(vocab_size, num_hiddens, num_layers, device):
    flat = []
    width = vocab_size
    for _ in range(num_layers):
        one = [rand(width, num_hiddens, device=device) for _ in range(3)]
        one += [rand(num_hiddens, num_hiddens, device=device) for _ in range(3)]
        one += [torch.zeros(num_hiddens, device=device, requires_grad=True) for _ in range(3)]
        flat += one
        width = num_hiddens
    flat += [rand(width, vocab_size, device=device), torch.zeros(vocab_size, device=device, requires_grad=True)]
    return flat


def init_state(batch_size, num_hiddens, num_layers, device):
    return torch.zeros(num_layers, batch_size, num_hiddens, device=device)


def sweep(weights, frames, hid):
    Wu, Wr, Wn, Uu, Ur, Un, bu, br, bn = weights
    trail = []
    for frame in frames:
        upd = torch.sigmoid(frame @ Wu + hid @ Uu + bu)
        rst = torch.sigmoid(frame @ Wr + hid @ Ur + br)
        cand = torch.tanh(frame @ Wn + (rst * hid) @ Un + bn)
        hid = upd * hid + (1 - rst) * cand
        trail.append(hid)
    return torch.stack(trail), hid


def forward(inputs, state, params):
    frames = inputs
    finals = []
    for k in range(state.shape[0]):
        frames, end = sweep(params[9 * k : 9 * k + 9], frames, state[k])
        finals.append(end)
    scores = frames @ params[-2] + params[-1]
    return scores.flatten(0, 1), torch.stack(finals)
