# 第一层 GRU，第二层普通 RNN（tanh）
import torch


def three(n_in, n_out, device):
    return [torch.randn(n_in, n_out, device=device) * 0.01,
            torch.randn(n_out, n_out, device=device) * 0.01,
            torch.zeros(n_out, device=device)]


def get_params(vocab_size, num_hiddens, device):
    gru_part = (three(vocab_size, num_hiddens, device)      # Z
                + three(vocab_size, num_hiddens, device)    # R
                + three(vocab_size, num_hiddens, device))   # H~
    rnn_part = three(num_hiddens, num_hiddens, device)
    out_part = [torch.randn(num_hiddens, vocab_size, device=device) * 0.01,
                torch.zeros(vocab_size, device=device)]
    params = gru_part + rnn_part + out_part
    for p in params:
        p.requires_grad_(True)
    return params


def init_gru_rnn_state(batch_size, num_hiddens, device):
    return (torch.zeros((batch_size, num_hiddens), device=device),   # GRU 层
            torch.zeros((batch_size, num_hiddens), device=device))   # RNN 层


def gru_rnn(inputs, state, params):
    (W_xz, W_hz, b_z, W_xr, W_hr, b_r, W_xh, W_hh, b_h,
     W_2x, W_2h, b_2, W_hq, b_q) = params
    H1, H2 = state
    outputs = []
    for X in inputs:
        Z = torch.sigmoid(X @ W_xz + H1 @ W_hz + b_z)
        R = torch.sigmoid(X @ W_xr + H1 @ W_hr + b_r)
        H1_tilde = torch.tanh(X @ W_xh + (R * H1) @ W_hh + b_h)
        H1 = Z * H1 + (1 - Z) * H1_tilde
        # GRU 的输出送进 RNN
        H2 = torch.tanh(H1 @ W_2x + H2 @ W_2h + b_2)
        outputs.append(H2 @ W_hq + b_q)
    return torch.cat(outputs, dim=0), (H1, H2)
