import torch


def get_params(vocab_size, num_hiddens, device):
    num_inputs = num_outputs = vocab_size

    def normal(shape):
        return torch.randn(size=shape, device=device) * 0.01

    def three(n):
        return (normal((n, num_hiddens)), normal((num_hiddens, num_hiddens)),
                torch.zeros(num_hiddens, device=device))

    params = []
    for n in (num_inputs, num_hiddens):
        params.extend(three(n))  # update
        params.extend(three(n))  # reset
        params.extend(three(n))  # candidate
    params.append(normal((num_hiddens, num_outputs)))
    params.append(torch.zeros(num_outputs, device=device))
    for param in params:
        param.requires_grad_(True)
    return params


def init_gru_state(batch_size, num_hiddens, device):
    return (torch.zeros((batch_size, num_hiddens), device=device),
            torch.zeros((batch_size, num_hiddens), device=device))


def gru(inputs, state, params):
    (W_xz1, W_hz1, b_z1, W_xr1, W_hr1, b_r1, W_xh1, W_hh1, b_h1,
     W_xz2, W_hz2, b_z2, W_xr2, W_hr2, b_r2, W_xh2, W_hh2, b_h2, W_q, b_q) = params
    H1, H2 = state
    output = []
    for X in inputs:
        Z1 = torch.sigmoid(X @ W_xz1 + H1 @ W_hz1 + b_z1)
        R1 = torch.sigmoid(X @ W_xr1 + H1 @ W_hr1 + b_r1)
        H1_tilda = torch.tanh(X @ W_xh1 + (R1 * H1) @ W_hh1 + b_h1)
        H1 = Z1 * H1 + (1 - Z1) * H1_tilda
        Z2 = torch.sigmoid(H1 @ W_xz2 + H2 @ W_hz2 + b_z2)
        R2 = torch.sigmoid(H1 @ W_xr2 + H2 @ W_hr2 + b_r2)
        H2_tilda = torch.tanh(H1 @ W_xh2 + (R2 * H2) @ W_hh2 + b_h2)
        H2 = Z2 * H2 + (1 - Z2) * H2_tilda
        output.append(H1 @ W_q + b_q)
    return torch.cat(output, dim=0), (H1, H2)
