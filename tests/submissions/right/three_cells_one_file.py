# all three recurrent cells from chapter 9, so I can compare them
import torch
import torch.nn.functional as F


def normal(shape, device):
    return torch.randn(shape, device=device) * 0.01


def three(vocab_size, num_hiddens, device):
    return (normal((vocab_size, num_hiddens), device),
            normal((num_hiddens, num_hiddens), device),
            torch.zeros(num_hiddens, device=device))


def output_layer(vocab_size, num_hiddens, device):
    return normal((num_hiddens, vocab_size), device), torch.zeros(vocab_size, device=device)


def attach_grad(params):
    for p in params:
        p.requires_grad_(True)
    return params


# ---- RNN
def get_rnn_params(vocab_size, num_hiddens, device):
    return attach_grad([*three(vocab_size, num_hiddens, device),
                        *output_layer(vocab_size, num_hiddens, device)])


def init_rnn_state(batch_size, num_hiddens, device):
    return (torch.zeros((batch_size, num_hiddens), device=device),)


def rnn(inputs, state, params):
    W_xh, W_hh, b_h, W_hq, b_q = params
    H, = state
    outputs = []
    for X in inputs:
        H = torch.tanh(X @ W_xh + H @ W_hh + b_h)
        outputs.append(H @ W_hq + b_q)
    return torch.cat(outputs, dim=0), (H,)


# ---- GRU
def get_gru_params(vocab_size, num_hiddens, device):
    z = three(vocab_size, num_hiddens, device)
    r = three(vocab_size, num_hiddens, device)
    h = three(vocab_size, num_hiddens, device)
    return attach_grad([*z, *r, *h, *output_layer(vocab_size, num_hiddens, device)])


def init_gru_state(batch_size, num_hiddens, device):
    return (torch.zeros((batch_size, num_hiddens), device=device),)


def gru(inputs, state, params):
    W_xz, W_hz, b_z, W_xr, W_hr, b_r, W_xh, W_hh, b_h, W_hq, b_q = params
    H, = state
    outputs = []
    for X in inputs:
        Z = torch.sigmoid((X @ W_xz) + (H @ W_hz) + b_z)
        R = torch.sigmoid((X @ W_xr) + (H @ W_hr) + b_r)
        H_hat = torch.tanh((X @ W_xh) + ((R * H) @ W_hh) + b_h)
        H = Z * H + (1 - Z) * H_hat
        outputs.append(H @ W_hq + b_q)
    return torch.cat(outputs, dim=0), (H,)


# ---- LSTM
def get_lstm_params(vocab_size, num_hiddens, device):
    i, f, o, c = (three(vocab_size, num_hiddens, device) for _ in range(4))
    return attach_grad([*i, *f, *o, *c, *output_layer(vocab_size, num_hiddens, device)])


def init_lstm_state(batch_size, num_hiddens, device):
    return (torch.zeros((batch_size, num_hiddens), device=device),
            torch.zeros((batch_size, num_hiddens), device=device))


def lstm(inputs, state, params):
    (W_xi, W_hi, b_i, W_xf, W_hf, b_f, W_xo, W_ho, b_o,
     W_xc, W_hc, b_c, W_hq, b_q) = params
    H, C = state
    outputs = []
    for X in inputs:
        I = torch.sigmoid(X @ W_xi + H @ W_hi + b_i)
        Fg = torch.sigmoid(X @ W_xf + H @ W_hf + b_f)
        O = torch.sigmoid(X @ W_xo + H @ W_ho + b_o)
        C = Fg * C + I * torch.tanh(X @ W_xc + H @ W_hc + b_c)
        H = O * torch.tanh(C)
        outputs.append(H @ W_hq + b_q)
    return torch.cat(outputs, dim=0), (H, C)


def to_one_hot(X, vocab_size):
    return F.one_hot(X.T, vocab_size).type(torch.float32)
