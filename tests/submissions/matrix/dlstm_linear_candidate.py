import torch


def get_params(vocab_size, num_hiddens, num_layers, device):
    schichten = []
    for nr in range(num_layers):
        n = num_hiddens if nr else vocab_size
        p = {}
        for tor in "ifog":
            p["W" + tor] = torch.randn(n, num_hiddens, device=device) * 0.01
            p["U" + tor] = torch.randn(num_hiddens, num_hiddens, device=device) * 0.01
            p["b" + tor] = torch.zeros(num_hiddens, device=device)
        schichten.append(p)
    ausgabe = [torch.randn(num_hiddens, vocab_size, device=device) * 0.01,
               torch.zeros(vocab_size, device=device)]
    for gewicht in [w for p in schichten for w in p.values()] + ausgabe:
        gewicht.requires_grad_(True)
    return {"schichten": schichten, "ausgabe": ausgabe}


def init_state(batch_size, num_hiddens, num_layers, device):
    null = lambda: torch.zeros(batch_size, num_hiddens, device=device)
    return [(null(), null()) for _ in range(num_layers)]


def tore(x, h, p):
    return [torch.sigmoid(x @ p["W" + t] + h @ p["U" + t] + p["b" + t]) for t in "ifo"]


def erste_schicht(x, h, c, p):
    i, f, o = tore(x, h, p)
    c = f * c + i * torch.tanh(x @ p["Wg"] + h @ p["Ug"] + p["bg"])
    return o * torch.tanh(c), c


def obere_schicht(x, h, c, p):
    i, f, o = tore(x, h, p)
    kandidat = x @ p["Wg"] + h @ p["Ug"] + p["bg"]
    c = f * c + i * kandidat
    return o * torch.tanh(c), c


def forward(inputs, state, params):
    state = list(state)
    y = []
    for x in inputs:
        for nr, p in enumerate(params["schichten"]):
            schritt = obere_schicht if nr else erste_schicht
            state[nr] = schritt(x, *state[nr], p)
            x = state[nr][0]
        y.append(x @ params["ausgabe"][0] + params["ausgabe"][1])
    return torch.cat(y), state
