import torch


def get_params(vocab_size, num_hiddens, device):
    n = num_hiddens
    shapes = {"W": (vocab_size, 4 * n), "U": (n, 4 * n), "b": (4 * n,), "Wq": (n, vocab_size), "bq": (vocab_size,)}
    params = {}
    for name, shape in shapes.items():
        params[name] = (torch.randn(shape, device=device) * 0.01 if len(shape) == 2
                        else torch.zeros(shape, device=device))
        params[name].requires_grad_(True)
    return params


def init_state(batch_size, num_hiddens, device):
    H = torch.zeros(batch_size, num_hiddens, device=device)
    C = torch.zeros(1, num_hiddens, device=device)
    return (H, C)


def forward(inputs, state, params):
    W, U, b = params["W"], params["U"], params["b"]
    (H, C) = state
    outputs = []
    for X in inputs:
        O, G, I, F = torch.split(X @ W + H @ U + b, H.shape[1], dim=1)
        C = torch.sigmoid(F) * C + torch.sigmoid(I) * torch.tanh(G)
        H = torch.sigmoid(O) * torch.tanh(C)
        outputs.append(H @ params["Wq"] + params["bq"])
    return torch.cat(outputs, dim=0), (H, C)
