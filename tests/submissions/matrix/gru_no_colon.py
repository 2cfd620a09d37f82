import torch


def get_params(vocab_size, num_hiddens, device):
    def three():
        return [torch.randn(vocab_size, num_hiddens, device=device) * 0.01,
                torch.randn(num_hiddens, num_hiddens, device=device) * 0.01,
                torch.zeros(num_hiddens, device=device)]

    params = three() + three() + three()
    params += [torch.randn(num_hiddens, vocab_size, device=device) * 0.01, torch.zeros(vocab_size, device=device)]
    return [p.requires_grad_() for p in params]


def init_state(batch_size, num_hiddens, device):
    return (torch.zeros(batch_size, num_hiddens, device=device),)


def forward(inputs, state, params):
    W_xz, W_hz, b_z, W_xr, W_hr, b_r, W_xh, W_hh, b_h, W_hq, b_q = params
    H, = state
    outputs = []
    for X in inputs
        Z = torch.sigmoid(X @ W_xz + H @ W_hz + b_z)
        R = torch.sigmoid(X @ W_xr + H @ W_hr + b_r)
        H_tilda = torch.tanh(X @ W_xh + (R * H) @ W_hh + b_h)
        H = Z * H + (1 - Z) * H_tilda
        outputs.append(H @ W_hq + b_q)
    return torch.cat(outputs), (H,)
