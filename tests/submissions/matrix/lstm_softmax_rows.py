import torch


def get_params(vocab_size, num_hiddens, device):
    def n(*s):
        return (torch.randn(*s, device=device) * 0.01).requires_grad_()

    def z(*s):
        return torch.zeros(*s, device=device).requires_grad_()

    # input, forget, output, cell
    return {"x": [n(vocab_size, num_hiddens) for _ in range(4)],
            "h": [n(num_hiddens, num_hiddens) for _ in range(4)],
            "b": [z(num_hiddens) for _ in range(4)],
            "W": n(num_hiddens, vocab_size), "w": z(vocab_size)}


def init_state(batch_size, num_hiddens, device):
    return [torch.zeros(batch_size, num_hiddens, device=device),
            torch.zeros(batch_size, num_hiddens, device=device)]


def forward(inputs, state, params):
    h, c = state
    hs = []
    for x in inputs:
        i, f, o, g = (x @ wx + h @ wh + b for wx, wh, b in zip(params["x"], params["h"], params["b"]))
        c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
        h = torch.sigmoid(o) * torch.tanh(c)
        hs.append(h)
    scores = torch.cat(hs) @ params["W"] + params["w"]
    e = torch.exp(scores)
    return (e / e.sum(dim=1, keepdim=True)).log(), [h, c]
