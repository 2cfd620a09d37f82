import torch
import time

# ---------- parameters ----------
def get_gru_params(vocab_size, num_hiddens, device):
    Wz = torch.randn(vocab_size, num_hiddens, device=device)
    Wr = torch.randn(vocab_size, num_hiddens, device=device)
    Wn = torch.randn(vocab_size, num_hiddens, device=device)
    Uz = torch.randn(num_hiddens, num_hiddens, device=device)
    Ur = torch.randn(num_hiddens, num_hiddens, device=device)
    Un = torch.randn(num_hiddens, num_hiddens, device=device)
    Wq = torch.randn(num_hiddens, vocab_size, device=device)
    bz = torch.zeros(num_hiddens, device=device)
    br = torch.zeros(num_hiddens, device=device)
    bn = torch.zeros(num_hiddens, device=device)
    bq = torch.zeros(vocab_size, device=device)
    params = (Wz, Wr, Wn, Uz, Ur, Un, bz, br, bn, Wq, bq)
    for p in params:
        p *= 0.01
        p.requires_grad_()
    return params

# ---------- state ----------
def init_gru_state(batch_size, num_hiddens, device):
    return [torch.zeros(batch_size, num_hiddens, device=device)]

# ---------- model ----------
def gru(inputs, state, params):
    Wz, Wr, Wn, Uz, Ur, Un, bz, br, bn, Wq, bq = params
    H = state[0]
    ys = []
    for X in inputs:
        Z = torch.sigmoid(torch.mm(X, Wz) + torch.mm(H, Uz) + bz)
        R = torch.sigmoid(torch.mm(X, Wr) + torch.mm(H, Ur) + br)
        N = torch.tanh(torch.mm(X, Wn) + R * torch.mm(H, Un) + bn)
        H = (1 - R) * H + Z * N
        ys.append(torch.mm(H, Wq) + bq)
    return torch.cat(ys), [H]

# ---------- test ----------
if __name__ == "__main__":
    t0 = time.time()
    params = get_gru_params(28, 64, "cpu")
    X = torch.nn.functional.one_hot(torch.randint(0, 28, (35, 8)), 28).float()
    Y, _ = gru(X, init_gru_state(8, 64, "cpu"), params)
    assert Y.shape == (35 * 8, 28)
    print("ok", time.time() - t0)
