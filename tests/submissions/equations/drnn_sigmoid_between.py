import torch


def get_params(vocab_size, num_hiddens, device):
    sizes = [vocab_size, num_hiddens, num_hiddens]
    flat = []
    for a, b in zip(sizes[:-1], sizes[1:]):
        flat.append(torch.nn.Parameter(torch.empty(a, b, device=device).uniform_(-0.05, 0.05)))
        flat.append(torch.nn.Parameter(torch.empty(b, b, device=device).uniform_(-0.05, 0.05)))
        flat.append(torch.nn.Parameter(torch.zeros(b, device=device)))
    flat.append(torch.nn.Parameter(torch.empty(num_hiddens, vocab_size, device=device).uniform_(-0.05, 0.05)))
    flat.append(torch.nn.Parameter(torch.zeros(vocab_size, device=device)))
    return flat


def init_state(batch_size, num_hiddens, device):
    return torch.zeros(batch_size, num_hiddens, device=device), torch.zeros(batch_size, num_hiddens, device=device)


def rnn(inputs, state, params):
    Wa, Ua, ba, Wb, Ub, bb, V, c = params
    a, b = state
    ys = []
    for x in inputs:
        a = torch.tanh(x @ Wa + a @ Ua + ba)
        b = torch.tanh(torch.sigmoid(a) @ Wb + b @ Ub + bb)
        ys.append(b @ V + c)
    return torch.cat(ys), (a, b)
