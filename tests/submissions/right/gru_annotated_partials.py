from functools import partial
from typing import Any, Callable
import torch
def _make(scale, vocab_size, num_hiddens, device):
    t = lambda *s: (torch.rand(*s, device=device) * 2 * scale - scale).requires_grad_()
    return {"W": t(3, vocab_size, num_hiddens), "U": t(3, num_hiddens, num_hiddens), "b": t(3, num_hiddens), "V": t(num_hiddens, vocab_size), "c": t(vocab_size)}
get_params: Callable[..., Any] = partial(_make, 0.2)
def init_state(batch_size, num_hiddens, device): return (torch.zeros(batch_size, num_hiddens, device=device),)
def _run(inputs, state, params, *, sigma, phi):
    p = params; (h,) = state; ys = []
    for x in inputs:
        r = sigma(x @ p["W"][0] + h @ p["U"][0] + p["b"][0])
        z = sigma(x @ p["W"][1] + h @ p["U"][1] + p["b"][1])
        h = z * h + (1 - z) * phi(x @ p["W"][2] + (h * r) @ p["U"][2] + p["b"][2])
        ys.append(h @ p["V"] + p["c"])
    return torch.cat(ys), (h,)
forward: Callable[..., Any] = partial(_run, sigma=torch.sigmoid, phi=torch.tanh)
