# Deux couches récurrentes, écrites à la main (exercice 2)
import torch


def get_params(vocab_size, num_hiddens, device):
    g = lambda a, b: (torch.randn(a, b, device=device) * 0.01).requires_grad_(True)
    z = lambda a: torch.zeros(a, device=device, requires_grad=True)
    return {
        "couche1": {"Wx": g(vocab_size, num_hiddens), "Wh": g(num_hiddens, num_hiddens), "b": z(num_hiddens)},
        "couche2": {"Wx": g(num_hiddens, num_hiddens), "Wh": g(num_hiddens, num_hiddens), "b": z(num_hiddens)},
        "sortie": {"W": g(num_hiddens, vocab_size), "b": z(vocab_size)},
    }


def init_state(batch_size, num_hiddens, device):
    etat = {}
    etat["H1"] = torch.zeros(batch_size, num_hiddens, device=device)
    etat["H2"] = torch.zeros(batch_size, num_hiddens, device=device)
    return etat


def forward(inputs, state, params):
    c1, c2, s = params["couche1"], params["couche2"], params["sortie"]
    H1, H2 = state["H1"], state["H2"]
    y = []
    for x in inputs:
        a1 = torch.mm(x, c1["Wx"]) + torch.mm(H1, c1["Wh"]) + c1["b"]
        H1 = torch.tanh(a1)
        a2 = torch.mm(H1, c2["Wx"]) + torch.mm(H2, c2["Wh"]) + c2["b"]
        H2 = a2
        y.append(torch.mm(H2, s["W"]) + s["b"])
    return torch.cat(y, dim=0), {"H1": H1, "H2": H2}
