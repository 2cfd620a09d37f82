"""Sieć LSTM z wieloma warstwami."""
import torch
import torch.nn.functional as F


def get_params(vocab_size, num_hiddens, num_layers, device):
    params = []
    for w in range(num_layers):
        n = vocab_size if w == 0 else num_hiddens
        warstwa = {}
        for bramka in ["we", "zap", "wy", "kom"]:
            warstwa[bramka] = (torch.randn(n, num_hiddens, device=device) * 0.01,
                               torch.randn(num_hiddens, num_hiddens, device=device) * 0.01,
                               torch.zeros(num_hiddens, device=device))
            for t in warstwa[bramka]:
                t.requires_grad = True
        params.append(warstwa)
    W = (torch.randn(num_hiddens, vocab_size, device=device) * 0.01).requires_grad_()
    b = torch.zeros(vocab_size, device=device).requires_grad_()
    return params, W, b


def init_state(batch_size, num_hiddens, num_layers, device):
    return [(torch.zeros(batch_size, num_hiddens, device=device),
             torch.zeros(batch_size, num_hiddens, device=device)) for _ in range(num_layers)]


def lstm(inputs, state, params):
    warstwy, W, b = params
    stan = list(state)
    wyniki = []
    for x in inputs:
        for k, warstwa in enumerate(warstwy):
            h, c = stan[k]
            s = {br: x @ p[0] + h @ p[1] + p[2] for br, p in warstwa.items()}
            c = F.sigmoid(s["zap"]) * c + F.sigmoid(s["we"]) * F.tanh(s["kom"])
            h = F.sigmoid(s["wy"]) * F.tanh(c)
            stan[k] = (h, c)
            x = h
        wyniki.insert(0, x @ W + b)
    return torch.cat(wyniki, dim=0), stan


if __name__ == "__main__":
    s = init_state(3, 8, 2, "cpu")
    p = get_params(6, 8, 2, "cpu")
    y, s = lstm(torch.eye(6).unsqueeze(1).repeat(1, 3, 1), s, p)
    print(y.shape, len(s))
