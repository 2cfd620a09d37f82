import torch


def level(rows, n, device):
    make = lambda *shape: torch.empty(*shape, device=device).uniform_(-0.1, 0.1).requires_grad_()
    return {"in": make(rows, n), "rec": make(n, n), "off": make(n)}


def get_params(vocab_size, num_hiddens, device):
    return {
        "bottom": level(vocab_size, num_hiddens, device),
        "middle": level(num_hiddens, num_hiddens, device),
        "top": level(num_hiddens, num_hiddens, device),
        "read": torch.randn(num_hiddens, vocab_size, device=device).mul_(0.1).requires_grad_(),
        "bias": torch.zeros(vocab_size, device=device, requires_grad=True),
    }


def init_state(batch_size, num_hiddens, device):
    return [torch.zeros(batch_size, num_hiddens, device=device) for _ in range(3)]


def advance(below, own, weights):
    total = below @ weights["in"] + own @ weights["rec"]
    return torch.tanh(total + weights["off"])


def forward(inputs, state, params):
    a, b, c = state
    out = []
    for x in inputs:
        a = advance(x, a, params["bottom"])
        b = advance(a, b, params["middle"])
        c = advance(b, c, params["middle"])
        out.append(c @ params["read"] + params["bias"])
    return torch.cat(out), [a, b, c]
