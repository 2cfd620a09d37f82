import torch
from d2l import torch as d2l


def get_params(vocab_size, num_hiddens, device):
    num_inputs = num_outputs = vocab_size

    def normal(shape):
        return torch.randn(size=shape, device=device)*0.01

    def three(num_inputs):
        return (normal((num_inputs, num_hiddens)),
                normal((num_hiddens, num_hiddens)),
                torch.zeros(num_hiddens, device=device))

    W_xz, W_hz, b_z = three(num_inputs)
    W_xr, W_hr, b_r = three(num_inputs)
    W_xh, W_hh, b_h = three(num_inputs)
    W_xh2, W_hh2, b_h2 = three(num_hiddens)
    W_hq = normal((num_hiddens, num_outputs))
    b_q = torch.zeros(num_outputs, device=device)
    params = [W_xz, W_hz, b_z, W_xr, W_hr, b_r, W_xh, W_hh, b_h, W_xh2, W_hh2, b_h2, W_hq, b_q]
    for param in params:
        param.requires_grad_(True)
    return params


def init_gru_state(batch_size, num_hiddens, device):
    return (torch.zeros((batch_size, num_hiddens), device=device),
            torch.zeros((batch_size, num_hiddens), device=device))


def gru(inputs, state, params):
    W_xz, W_hz, b_z, W_xr, W_hr, b_r, W_xh, W_hh, b_h, W_xh2, W_hh2, b_h2, W_hq, b_q = params
    H1, H2 = state
    outputs = []
    for X in inputs:
        Z = torch.sigmoid((X @ W_xz) + (H1 @ W_hz) + b_z)
        R = torch.sigmoid((X @ W_xr) + (H1 @ W_hr) + b_r)
        H_tilda = torch.tanh((X @ W_xh) + ((R * H1) @ W_hh) + b_h)
        H1 = Z * H1 + (1 - Z) * H_tilda
        H2 = torch.tanh((H1 @ W_xh2) + (H2 @ W_hh2) + b_h2)
        Y = H2 @ W_hq + b_q
        outputs.append(Y)
    return torch.cat(outputs, dim=0), (H2,)
