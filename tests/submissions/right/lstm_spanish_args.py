import torch
def get_params(tam_vocab, n_ocultas, dispositivo):
    def n(*s): return (torch.randn(*s, device=dispositivo) * .01).requires_grad_()
    return [n(tam_vocab, 4, n_ocultas), n(n_ocultas, 4, n_ocultas), n(4, n_ocultas), n(n_ocultas, tam_vocab), n(tam_vocab)]
def init_state(tam_lote, n_ocultas, dispositivo):
    return [torch.zeros(tam_lote, n_ocultas, device=dispositivo) for _ in range(2)]
def forward(entradas, estado, parametros):
    Wx, Wh, b, Wq, bq = parametros
    H, C = estado
    salidas = []
    for X in entradas:
        A = torch.einsum('bv,vgh->gbh', X, Wx) + torch.einsum('bk,kgh->gbh', H, Wh) + b[:, None]
        i, f, o = A[:3].sigmoid()
        C = f * C + i * A[3].tanh()
        H = o * C.tanh()
        salidas.append(H @ Wq + bq)
    return torch.cat(salidas), [H, C]
