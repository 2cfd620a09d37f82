import torch
import torch.nn.functional as F_
from dataclasses import dataclass


@dataclass
class Config:
    batch_size: int = 32
    num_steps: int = 35
    lr: float = 1.0


cfg = Config()


def get_params(input_size, hidden_size, device):
    """ three lists: input weights, hidden weights, biases; then the decoder. gate order: i f g o """
    Wx = [torch.randn(input_size, hidden_size, device=device) for _ in range(4)]
    Wh = [torch.randn(hidden_size, hidden_size, device=device) for _ in range(4)]
    b = [torch.zeros(hidden_size, device=device) for _ in range(4)]
    decoder = [torch.randn(hidden_size, input_size, device=device), torch.zeros(input_size, device=device)]
    for group in (Wx, Wh, b, decoder):
        for k in range(len(group)):
            group[k] = (group[k] * 0.01).requires_grad_()
    return Wx, Wh, b, decoder


def init_state(batch_size, hidden_size, device):
    return tuple(torch.zeros(batch_size, hidden_size, device=device) for _ in "hc")


def forward(inputs, state, params):
    Wx, Wh, b, (W_out, b_out) = params
    h, c = state
    steps = []
    for x in inputs.unbind(0):
        a_i, a_f, a_g, a_o = [x.mm(Wx[k]) + h.mm(Wh[k]) + b[k] for k in range(4)]
        i, f, o = a_i.sigmoid(), a_f.sigmoid(), a_o.sigmoid()
        c = f * c + i * a_g.tanh()
        h = c.tanh()
        steps.append(h.mm(W_out).add(b_out))
    return torch.cat(steps, dim=0), (h, c)


def loss_fn(params, X, Y):
    state = init_state(X.shape[1], params[1][0].shape[0], X.device)
    y_hat, _ = forward(X, state, params)
    return F_.cross_entropy(y_hat, Y.reshape(-1))
