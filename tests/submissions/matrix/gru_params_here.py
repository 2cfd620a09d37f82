import torch


def get_gru_params(vocab_size, num_hiddens, device):
    def normal(size):
        t = torch.randn(size) * 0.01
        t.requires_grad_(True)
        return t

    def three():
        bias = torch.zeros(num_hiddens, device=device, requires_grad=True)
        return normal((vocab_size, num_hiddens)), normal((num_hiddens, num_hiddens)), bias

    return [*three(), *three(), *three(),
            normal((num_hiddens, vocab_size)),
            torch.zeros(vocab_size, device=device, requires_grad=True)]


def init_gru_state(batch_size, num_hiddens, device):
    return torch.zeros((batch_size, num_hiddens), device=device)


def gru(inputs, state, params):
    (W_xr, W_hr, b_r, W_xz, W_hz, b_z, W_xh, W_hh, b_h, W_hq, b_q) = params
    H = state
    outputs = []
    for X in inputs:
        R = torch.sigmoid(torch.addmm(b_r, X, W_xr) + torch.mm(H, W_hr))
        Z = torch.sigmoid(torch.addmm(b_z, X, W_xz) + torch.mm(H, W_hz))
        H_tilda = torch.tanh(torch.addmm(b_h, X, W_xh) + torch.mm(R * H, W_hh))
        H = Z * H + (1 - Z) * H_tilda
        outputs.append(torch.addmm(b_q, H, W_hq))
    return torch.cat(outputs, dim=0), H
