# Mehrschichtige GRU, Gewichte als verschachtelte Listen:
#   params[0][schicht][gatter] = [W, U, b]     params[1] = [W_aus, b_aus]
import torch

KANDIDAT, RESET, UPDATE = 0, 1, 2


def get_params(vocab_size, n_layers, hidden_size, device):
    k = 0.01

    def gatter(n_ein):
        W = torch.empty(n_ein, hidden_size, device=device).uniform_(-k, k)
        U = torch.empty(hidden_size, hidden_size, device=device).uniform_(-k, k)
        b = torch.zeros(hidden_size, device=device)
        return [W.requires_grad_(), U.requires_grad_(), b.requires_grad_()]

    schichten = []
    for s in range(n_layers):
        n_ein = vocab_size if s == 0 else hidden_size
        schichten.append([gatter(n_ein) for _ in (KANDIDAT, RESET, UPDATE)])
    W_aus = torch.empty(hidden_size, vocab_size, device=device).uniform_(-k, k).requires_grad_()
    b_aus = torch.zeros(vocab_size, device=device, requires_grad=True)
    return [schichten, [W_aus, b_aus]]


def init_state(batch_size, n_layers, hidden_size, device):
    return [torch.zeros(batch_size, hidden_size, device=device) for _ in range(n_layers)]


def mach_zelle(gatter):
    """Gibt eine Funktion (x, h) -> h' zurück, die ihre Gewichte schon kennt."""
    (W_k, U_k, b_k), (W_r, U_r, b_r), (W_u, U_u, b_u) = gatter

    def zelle(x, h):
        r = torch.sigmoid(x.matmul(W_r) + h.matmul(U_r) + b_r)
        u = torch.sigmoid(x.matmul(W_u) + h.matmul(U_u) + b_u)
        kandidat = torch.tanh(x.matmul(W_k) + (r * h).matmul(U_k) + b_k)
        return h + u * (kandidat - h)      # (1-u)*h + u*kandidat, ein Produkt weniger
    return zelle


def forward(inputs, state, params):
    schichten, (W_aus, b_aus) = params
    zellen = [mach_zelle(g) for g in schichten]
    h = list(state)
    oben = []
    for x in inputs:
        for s, zelle in enumerate(zellen):
            h[s] = x = zelle(x, h[s])
        oben.append(x)
    # Ausgabeschicht erst am Schluss, ein einziges Produkt
    return torch.cat(oben).matmul(W_aus) + b_aus, h
