import torch

torch.manual_seed(2023)


def get_lstm_params(num_inputs, num_hiddens, device):
    """Return a dict; keys as in the lecture slides (Wi, Ui, bi, ...)."""
    num_outputs = num_inputs
    params = {}
    for g in "ifog":
        params["W" + g] = 0.01 * torch.randn(num_inputs, num_hiddens, device=device)
        params["U" + g] = 0.01 * torch.randn(num_hiddens, num_hiddens, device=device)
        params["b" + g] = torch.zeros(1, device=device)
    params["V"] = 0.01 * torch.randn(num_hiddens, num_outputs, device=device)
    params["c"] = torch.zeros(num_outputs, device=device)
    for p in params.values():
        p.requires_grad_(True)
    return params


def init_lstm_state(batch_size, num_hiddens, device):
    return (torch.zeros(batch_size, num_hiddens, device=device),
            torch.zeros(batch_size, num_hiddens, device=device))


def lstm(inputs, state, params):
    h, c = state

    def pre(g, x):
        return torch.matmul(x, params["W" + g]) + torch.matmul(h, params["U" + g]) + params["b" + g]

    outs = []
    for x in inputs:
        i, f, o = (torch.sigmoid(pre(g, x)) for g in "ifo")
        g = torch.tanh(pre("g", x))
        c = f * c + i * g
        h = o * torch.tanh(c)
        outs.append(torch.matmul(h, params["V"]) + params["c"])
    return torch.cat(outs), (h, c)
