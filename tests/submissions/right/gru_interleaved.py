import torch

# Trick: las columnas van intercaladas  [z0 r0 c0  z1 r1 c1  z2 r2 c2 ...]
# así cada neurona tiene sus tres números juntos en memoria.


def get_params(vocab_size, n_hidden, device):
    Wx = torch.empty(vocab_size, n_hidden * 3, device=device)
    Wh = torch.empty(n_hidden, n_hidden * 3, device=device)
    Wo = torch.empty(n_hidden, vocab_size, device=device)
    for w in (Wx, Wh, Wo):
        torch.nn.init.normal_(w, std=0.01)
    b = torch.zeros(n_hidden * 3, device=device)
    bo = torch.zeros(vocab_size, device=device)
    p = {'Wx': Wx, 'Wh': Wh, 'b': b, 'Wo': Wo, 'bo': bo}
    for t in p.values():
        t.requires_grad = True
    return p


def init_state(batch_size, n_hidden, device):
    return torch.zeros(batch_size, n_hidden, device=device)


def forward(X, h, p):
    B, n = h.shape
    # columnas de z y r (la candidata necesita r*h, va aparte)
    Wh = p['Wh'].view(n, n, 3)
    salidas = []
    for x in X:
        xz, xr, xc = (x @ p['Wx'] + p['b']).view(B, n, 3).unbind(-1)
        z = torch.sigmoid(xz + h @ Wh[..., 0])
        r = torch.sigmoid(xr + h @ Wh[..., 1])
        c = torch.tanh(xc + (r * h) @ Wh[..., 2])
        h = (1 - z) * h + z * c
        salidas.append(h @ p['Wo'] + p['bo'])
    return torch.cat(salidas), h
