import torch


def get_params(vocab_size, num_hiddens, device):
    k = num_hiddens
    rnd = lambda *s: torch.randn(*s, device=device) * 0.01
    p = dict(wx=rnd(vocab_size, 3 * k), wh=rnd(k, 3 * k), b=torch.zeros(3 * k, device=device),
             top=[rnd(k, k), rnd(k, k), torch.zeros(k, device=device)],
             out=[rnd(k, vocab_size), torch.zeros(vocab_size, device=device)])
    for v in (p["wx"], p["wh"], p["b"], *p["top"], *p["out"]):
        v.requires_grad_()
    return p


def init_state(batch_size, num_hiddens, device):
    return {"low": torch.zeros(batch_size, num_hiddens, device=device),
            "top": torch.zeros(batch_size, num_hiddens, device=device)}


def forward(inputs, state, params):
    low, top = state["low"], state["top"]
    k = low.shape[1]
    wx, wh, b = params["wx"], params["wh"], params["b"]
    ys = []
    for x in inputs:
        xa = x @ wx + b
        a = xa[:, :2 * k] + low @ wh[:, :2 * k]
        z = torch.tanh(a[:, :k])
        r = torch.sigmoid(a[:, k:])
        low = z * low + (1 - z) * torch.tanh(xa[:, 2 * k:] + (r * low) @ wh[:, 2 * k:])
        w, u, c = params["top"]
        top = torch.tanh(low @ w + top @ u + c)
        ys.append(top @ params["out"][0] + params["out"][1])
    return torch.cat(ys), {"low": low, "top": top}
