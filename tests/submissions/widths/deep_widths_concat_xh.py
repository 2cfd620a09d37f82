import torch


def init_params(vocab_size, hidden_sizes, device):
    """One matrix per layer for [x, h]: shape (n_in + n_hidden, n_hidden)."""
    params = {}
    n_in = vocab_size
    for k, n in enumerate(hidden_sizes, start=1):
        params[f"W{k}"] = torch.randn(n_in + n, n, device=device).div_(100)
        params[f"b{k}"] = torch.zeros(n, device=device)
        n_in = n
    params["W_out"] = torch.randn(n_in, vocab_size, device=device).div_(100)
    params["b_out"] = torch.zeros(vocab_size, device=device)
    for name in params:
        params[name].requires_grad_()
    return params


def init_hidden(batch_size, hidden_sizes, device):
    return {f"h{k}": torch.zeros(batch_size, n, device=device)
            for k, n in enumerate(hidden_sizes, start=1)}


def rnn_forward(inputs, hidden, params):
    hidden = dict(hidden)
    logits = []
    for t in range(inputs.size(0)):
        below = inputs[t]
        for k in range(1, len(hidden) + 1):
            both = torch.cat((below, hidden[f"h{k}"]), dim=1)
            below = torch.tanh(both.matmul(params[f"W{k}"]) + params[f"b{k}"])
            hidden[f"h{k}"] = below
        logits.append(below.matmul(params["W_out"]) + params["b_out"])
    return torch.cat(logits, dim=0), hidden
