import numpy as np
import torch


def get_params(vocab_size, num_hiddens, device):
    rng = np.random.default_rng(1)
    return {"Wxh": rng.normal(0, 0.1, (vocab_size, num_hiddens)), "Whh": rng.normal(0, 0.1, (num_hiddens, num_hiddens)),
            "bh": np.zeros(num_hiddens), "Why": rng.normal(0, 0.1, (num_hiddens, vocab_size)), "by": np.zeros(vocab_size)}


def init_state(batch_size, num_hiddens, device):
    return torch.zeros(batch_size, num_hiddens, device=device)


def forward(inputs, state, params):
    p = {name: torch.tensor(value, dtype=inputs.dtype, device=inputs.device) for name, value in params.items()}
    h, ys = state, []
    for x in inputs:
        h = torch.tanh(x @ p["Wxh"] + h @ p["Whh"] + p["bh"])
        ys.append(h @ p["Why"] + p["by"])
    return torch.cat(ys), h
