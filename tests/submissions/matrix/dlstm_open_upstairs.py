import torch


def get_lstm_params(vocab_size, num_hiddens, device):
    def three(n):
        return [torch.randn(n, num_hiddens, device=device) * 0.01,
                torch.randn(num_hiddens, num_hiddens, device=device) * 0.01,
                torch.zeros(num_hiddens, device=device)]

    params = []
    for n in (vocab_size, num_hiddens):
        for gate in range(4):
            params += three(n)
    params += [torch.randn(num_hiddens, vocab_size, device=device) * 0.01,
               torch.zeros(vocab_size, device=device)]
    for p in params:
        p.requires_grad_(True)
    return params


def init_lstm_state(batch_size, num_hiddens, device):
    return tuple(torch.zeros((batch_size, num_hiddens), device=device) for _ in range(4))


def lstm(inputs, state, params):
    (W_xi, W_hi, b_i, W_xf, W_hf, b_f, W_xo, W_ho, b_o, W_xc, W_hc, b_c,
     W_xi2, W_hi2, b_i2, W_xf2, W_hf2, b_f2, W_xo2, W_ho2, b_o2, W_xc2, W_hc2, b_c2,
     W_hq, b_q) = params
    H1, C1, H2, C2 = state
    outputs = []
    for X in inputs:
        I1 = torch.sigmoid(X @ W_xi + H1 @ W_hi + b_i)
        F1 = torch.sigmoid(X @ W_xf + H1 @ W_hf + b_f)
        O1 = torch.sigmoid(X @ W_xo + H1 @ W_ho + b_o)
        C1_tilda = torch.tanh(X @ W_xc + H1 @ W_hc + b_c)
        C1 = F1 * C1 + I1 * C1_tilda
        H1 = O1 * torch.tanh(C1)
        I2 = torch.sigmoid(H1 @ W_xi2 + H2 @ W_hi2 + b_i2)
        F2 = torch.sigmoid(H1 @ W_xf2 + H2 @ W_hf2 + b_f2)
        O2 = torch.sigmoid(H1 @ W_xo2 + H2 @ W_ho2 + b_o2)
        C2_tilda = torch.tanh(H1 @ W_xc2 + H2 @ W_hc2 + b_c2)
        C2 = F2 * C2 + I2 * C2_tilda
        H2 = torch.tanh(C2)
        outputs.append(H2 @ W_hq + b_q)
    return torch.cat(outputs, dim=0), (H1, C1, H2, C2)
