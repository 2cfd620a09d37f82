# Compito 3: LSTM profonda
import torch


def crea(righe, colonne, device):
    return (0.01 * torch.randn((righe, colonne), device=device)).requires_grad_(True)


def get_params(vocab_size, num_hiddens, num_layers, device):
    params = []
    for strato in range(num_layers):
        ingresso = vocab_size if strato == 0 else num_hiddens
        for porta in range(4):  # ingresso, dimenticanza, uscita, memoria
            params.append(crea(ingresso, num_hiddens, device))
            params.append(crea(num_hiddens, num_hiddens, device))
            params.append(torch.zeros(num_hiddens, device=device, requires_grad=True))
    params.append(crea(num_hiddens, vocab_size, device))
    params.append(torch.zeros(vocab_size, device=device, requires_grad=True))
    return params


def init_state(batch_size, num_hiddens, num_layers, device):
    stato = []
    for strato in range(num_layers):
        H = torch.zeros((batch_size, num_hiddens), device=device)
        C = torch.zeros((batch_size, num_hiddens), device=device)
        stato += [H, C]
    return stato


def forward(inputs, state, params):
    stato = list(state)
    uscite = []
    for X in inputs:
        for strato in range(len(stato) // 2):
            H, C = stato[2 * strato], stato[2 * strato + 1]
            (W_xi, W_hi, b_i, W_xf, W_hf, b_f,
             W_xo, W_ho, b_o, W_xc, W_hc, b_c) = params[12 * strato:12 * (strato + 1)]
            I = torch.sigmoid(X @ W_xi + H @ W_hi + b_i)
            F = torch.sigmoid(X @ W_xf + H @ W_hf + b_f)
            O = torch.sigmoid(X @ W_xo + H @ W_ho + b_o)
            C_nuova = torch.tanh(X @ W_xc + H @ W_hc + b_c)
            C = F * C + C_nuova
            H = O * torch.tanh(C)
            stato[2 * strato], stato[2 * strato + 1] = H, C
            X = H
        uscite.append(X @ params[-2] + params[-1])
    return torch.cat(uscite, dim=0), stato
