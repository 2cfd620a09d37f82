import torch

GATES = "ifoc"


def get_params(vocab_size, num_hiddens, num_layers, device):
    def w(a, b):
        return torch.nn.Parameter(torch.randn(a, b, device=device).mul_(0.05))

    layers = []
    for k in range(num_layers):
        below = num_hiddens if k else vocab_size
        layer = {f"x{g}": w(below, num_hiddens) for g in GATES}
        layer |= {f"h{g}": w(num_hiddens, num_hiddens) for g in GATES}
        layer |= {f"b{g}": torch.nn.Parameter(torch.zeros(num_hiddens, device=device)) for g in GATES}
        layers.append(layer)
    return {"layers": layers, "q": w(num_hiddens, vocab_size), "bq": w(1, vocab_size)}


def init_state(batch_size, num_hiddens, num_layers, device):
    zero = lambda: torch.zeros(batch_size, num_hiddens, device=device)
    return [(zero(), zero()) for _ in range(num_layers)]


def lstm_layer(x, h, c, p):
    i = torch.sigmoid(x @ p["xi"] + h @ p["hi"] + p["bi"])
    f = torch.sigmoid(x @ p["xf"] + h @ p["hi"] + p["bf"])
    o = torch.sigmoid(x @ p["xo"] + h @ p["ho"] + p["bo"])
    new = torch.tanh(x @ p["xc"] + h @ p["hc"] + p["bc"])
    c = f * c + i * new
    return o * torch.tanh(c), c


def forward(inputs, state, params):
    state = list(state)
    rows = []
    for x in inputs:
        for k, p in enumerate(params["layers"]):
            state[k] = lstm_layer(x, *state[k], p)
            x = state[k][0]
        rows.append(x @ params["q"] + params["bq"])
    return torch.cat(rows), state
