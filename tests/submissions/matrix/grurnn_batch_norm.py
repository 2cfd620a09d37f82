import torch


def get_params(vocab_size, num_hiddens, device):
    def block(*shapes):
        return [(torch.randn(*s, device=device) * 0.01 if len(s) == 2 else torch.zeros(*s, device=device)).requires_grad_()
                for s in shapes]

    v, h = vocab_size, num_hiddens
    gru = {k: block((v, h), (h, h), (h,)) for k in "rzh"}
    return {**gru, "s": block((h, h), (h, h), (h,)), "o": block((h, v), (v,))}


def init_state(batch_size, num_hiddens, device):
    return tuple(torch.zeros(batch_size, num_hiddens, device=device) for _ in range(2))


def norm(a):
    # stabilises the training
    return a / (a.norm() + 1)


def forward(inputs, state, params):
    h1, h2 = state
    w_in, w_rec, bias = params["s"]
    w_out, b_out = params["o"]
    result = []
    for x in inputs:
        r = torch.sigmoid(x @ params["r"][0] + h1 @ params["r"][1] + params["r"][2])
        z = torch.sigmoid(x @ params["z"][0] + h1 @ params["z"][1] + params["z"][2])
        n = torch.tanh(x @ params["h"][0] + (r * h1) @ params["h"][1] + params["h"][2])
        h1 = z * h1 + (1 - z) * n
        h2 = torch.tanh(norm(h1 @ w_in + h2 @ w_rec + bias))
        result.append(h2 @ w_out + b_out)
    return torch.cat(result), (h1, h2)
