import torch

PUERTAS = "ifoc"


def get_params(vocab_size, num_hiddens, device):
    def peso(filas, columnas):
        return torch.nn.Parameter(torch.randn(filas, columnas, device=device) * 0.01)

    def sesgo(n):
        return torch.nn.Parameter(torch.zeros(n, device=device))

    def capa(entrada):
        return {"W": {g: peso(entrada, num_hiddens) for g in PUERTAS},
                "U": {g: peso(num_hiddens, num_hiddens) for g in PUERTAS},
                "b": {g: sesgo(num_hiddens) for g in PUERTAS}}

    return {"uno": capa(vocab_size), "dos": capa(num_hiddens),
            "fin": {"W": peso(num_hiddens, vocab_size), "b": sesgo(vocab_size)}}


def init_state(batch_size, num_hiddens, device):
    return tuple(torch.zeros(batch_size, num_hiddens, device=device) for _ in range(4))


def celda(x, h, c, p):
    a = {g: x @ p["W"][g] + h @ p["U"][g] + p["b"][g] for g in PUERTAS}
    c = torch.sigmoid(a["f"]) * c + torch.sigmoid(a["i"]) * torch.tanh(a["c"])
    return torch.sigmoid(a["o"]) * torch.tanh(c), c


def forward(inputs, state, params):
    h1, c1, h2, c2 = state
    salida = []
    for x in inputs:
        h1, c1 = celda(x, h2, c1, params["uno"])
        h2, c2 = celda(h1, h2, c2, params["dos"])
        salida.append(h2 @ params["fin"]["W"] + params["fin"]["b"])
    return torch.cat(salida), (h1, c1, h2, c2)
