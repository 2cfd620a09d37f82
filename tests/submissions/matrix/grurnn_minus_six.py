import torch
import torch.nn.functional as F


def init_weights(vocab_size, num_hiddens, device):
    def mat(*shape):
        return (torch.randn(shape, device=device) * 10 ** -6).requires_grad_(True)

    def vec(n):
        return torch.zeros(n, device=device, requires_grad=True)

    return {
        "gru": {k: (mat(vocab_size, num_hiddens), mat(num_hiddens, num_hiddens), vec(num_hiddens))
                for k in ("r", "z", "h")},
        "rnn": (mat(num_hiddens, num_hiddens), mat(num_hiddens, num_hiddens), vec(num_hiddens)),
        "out": (mat(num_hiddens, vocab_size), vec(vocab_size)),
    }


def init_state(batch_size, num_hiddens, device):
    return {"gru": torch.zeros(batch_size, num_hiddens, device=device),
            "rnn": torch.zeros(batch_size, num_hiddens, device=device)}


def affine(x, h, w):
    return x @ w[0] + h @ w[1] + w[2]


def forward(inputs, state, params):
    g, s = state["gru"], state["rnn"]
    w = params["gru"]
    result = []
    for x in inputs:
        r = torch.sigmoid(affine(x, g, w["r"]))
        z = torch.sigmoid(affine(x, g, w["z"]))
        g = torch.lerp(g, torch.tanh(affine(x, r * g, w["h"])), z)
        s = torch.tanh(affine(g, s, params["rnn"]))
        result.append(s @ params["out"][0] + params["out"][1])
    return torch.cat(result), {"gru": g, "rnn": s}
