# 深層GRU 課題 (2層以上)
import torch


def 重み(shape, device):
    return torch.normal(0.0, 0.01, shape, device=device).requires_grad_()


def ゼロ(shape, device):
    return torch.zeros(shape, device=device).requires_grad_()


def get_params(vocab_size, num_hiddens, num_layers, device):
    layers = []
    n = vocab_size
    for _ in range(num_layers):
        # まとめて初期化してから、ゲートごとに分ける
        Wz, Wr, Wh = 重み((n, 3 * num_hiddens), device).chunk(3, dim=1)
        Uz, Ur, Uh = (重み((num_hiddens, num_hiddens), device) for _ in range(3))
        bz, br, bh = (ゼロ((num_hiddens,), device) for _ in range(3))
        layers.append(((Wz, Uz, bz), (Wr, Ur, br), (Wh, Uh, bh)))
        n = num_hiddens
    return layers, 重み((num_hiddens, vocab_size), device), ゼロ((vocab_size,), device)


def init_state(batch_size, num_hiddens, num_layers, device):
    return tuple(torch.zeros((batch_size, num_hiddens), device=device) for _ in range(num_layers))


def forward(inputs, state, params):
    layers, W_hq, b_q = params
    H = list(state)
    Y = []
    for X in inputs:
        for k, (z, r, h) in enumerate(layers):
            Z = torch.sigmoid(X @ z[0] + H[k] @ z[1] + z[2])   # 更新ゲート
            R = torch.sigmoid(X @ r[0] + H[k] @ r[1] + r[2])   # リセットゲート
            Hc = torch.tanh(X @ h[0] + (R * H[k]) @ h[1] + h[2])
            H[k] = Z * H[k] + (1 - Z) * Hc
            X = H[k]
        Y.append(X @ W_hq + b_q)
    return torch.cat(Y, dim=0), tuple(H)
