# 2-layer GRU, no loops over layers so I can see what happens
import torch


def get_params(vocab_size, num_hiddens, device):
    def normal(shape):
        return torch.randn(size=shape, device=device) * 0.01

    def three(n):
        return (normal((n, num_hiddens)), normal((num_hiddens, num_hiddens)),
                torch.zeros(num_hiddens, device=device))

    # layer 1
    W_xz1, W_hz1, b_z1 = three(vocab_size)
    W_xr1, W_hr1, b_r1 = three(vocab_size)
    W_xh1, W_hh1, b_h1 = three(vocab_size)
    # layer 2
    W_xz2, W_hz2, b_z2 = three(num_hiddens)
    W_xr2, W_hr2, b_r2 = three(num_hiddens)
    W_xh2, W_hh2, b_h2 = three(num_hiddens)
    # output
    W_hq = normal((num_hiddens, vocab_size))
    b_q = torch.zeros(vocab_size, device=device)
    params = [W_xz1, W_hz1, b_z1, W_xr1, W_hr1, b_r1, W_xh1, W_hh1, b_h1,
              W_xz2, W_hz2, b_z2, W_xr2, W_hr2, b_r2, W_xh2, W_hh2, b_h2, W_hq, b_q]
    for p in params:
        p.requires_grad_(True)
    return params


def init_gru_state(batch_size, num_hiddens, device):
    return (torch.zeros((batch_size, num_hiddens), device=device),
            torch.zeros((batch_size, num_hiddens), device=device))


def gru(inputs, state, params):
    (W_xz1, W_hz1, b_z1, W_xr1, W_hr1, b_r1, W_xh1, W_hh1, b_h1,
     W_xz2, W_hz2, b_z2, W_xr2, W_hr2, b_r2, W_xh2, W_hh2, b_h2, W_hq, b_q) = params
    H1, H2 = state
    outputs = []
    for X in inputs:
        Z1 = torch.sigmoid((X @ W_xz1) + (H1 @ W_hz1) + b_z1)
        R1 = torch.sigmoid((X @ W_xr1) + (H1 @ W_hr1) + b_r1)
        H1_tilda = torch.tanh((X @ W_xh1) + ((R1 * H1) @ W_hh1) + b_h1)
        H1 = Z1 * H1 + (1 - Z1) * H1_tilda

        Z2 = torch.sigmoid((H1 @ W_xz2) + (H2 @ W_hz2) + b_z2)
        R2 = torch.sigmoid((H1 @ W_xr2) + (H2 @ W_hr2) + b_r2)
        H2_tilda = torch.tanh((H1 @ W_xh2) + ((R2 * H2) @ W_hh2) + b_h2)
        H2 = R2 * H2 + (1 - Z2) * H2_tilda

        outputs.append(H2 @ W_hq + b_q)
    return torch.cat(outputs, dim=0), (H1, H2)
