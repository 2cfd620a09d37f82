import math
import torch
from einops import rearrange


def glorot(fan_in, fan_out, device):
    std = math.sqrt(2.0 / (fan_in + fan_out))
    return torch.nn.Parameter(torch.randn(fan_in, fan_out, device=device) * std)


def get_params(vocab_size, num_hiddens, num_layers, device):
    params = {"layers": []}
    for layer in range(num_layers):
        fan_in = vocab_size if layer == 0 else num_hiddens
        params["layers"].append({
            "zr_x": glorot(fan_in, 2 * num_hiddens, device),
            "zr_h": glorot(num_hiddens, 2 * num_hiddens, device),
            "zr_b": torch.nn.Parameter(torch.zeros(2 * num_hiddens, device=device)),
            "n_x": glorot(fan_in, num_hiddens, device),
            "n_h": glorot(num_hiddens, num_hiddens, device),
            "n_b": torch.nn.Parameter(torch.zeros(num_hiddens, device=device)),
        })
    params["out_w"] = glorot(num_hiddens, vocab_size, device)
    params["out_b"] = torch.nn.Parameter(torch.zeros(vocab_size, device=device))
    return params


def init_state(batch_size, num_hiddens, num_layers, device):
    return torch.zeros(num_layers, batch_size, num_hiddens, device=device)


def forward(inputs, state, params):
    xs, finals = inputs, []
    for depth, w in enumerate(params["layers"]):
        h, hs = state[depth], []
        for x in xs:
            z, r = torch.sigmoid(x @ w["zr_x"] + h @ w["zr_h"] + w["zr_b"]).chunk(2, -1)
            n = torch.tanh(x @ w["n_x"] + (r * h) @ w["n_h"] + w["n_b"])
            h = torch.lerp(n, h, z)
            hs.append(h)
        finals.append(h)
        hs = torch.stack(hs)
        # residual connection between layers of equal width
        xs = hs if depth == 0 else hs + xs
    logits = xs @ params["out_w"] + params["out_b"]
    return logits.reshape(-1, logits.shape[-1]), torch.stack(finals)
