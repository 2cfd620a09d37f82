import torch

def get_params(vocab_size, num_hiddens, device):
    params, rows = [], vocab_size
    for cols in num_hiddens:
        params.append({"x": torch.randn(rows, cols, device=device) * 0.01,
                       "h": torch.randn(cols, cols, device=device) * 0.01,
                       "b": torch.zeros(cols, device=device)})
        rows = cols
    params.append({"h": torch.randn(rows, vocab_size, device=device) * 0.01,
                   "b": torch.zeros(vocab_size, device=device)})
    [t.requires_grad_() for d in params for t in d.values()]
    return params

def init_state(batch_size, num_hiddens, device):
    # eine Null-Matrix je Schicht
    groesse = max(num_hiddens)
    return [torch.zeros(batch_size, groesse, device=device) for _ in num_hiddens]

def rnn(inputs, state, params):
    head = params[-1]
    hs = list(state)
    ys = []
    for x in inputs:
        for i, p in enumerate(params[:-1]):
            x = hs[i] = torch.tanh(x @ p["x"] + hs[i] @ p["h"] + p["b"])
        ys.append(x @ head["h"] + head["b"])
    return torch.cat(ys), hs
