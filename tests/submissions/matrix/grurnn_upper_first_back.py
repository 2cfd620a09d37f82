# unten: GRU, oben: einfaches RNN
import torch


def parameter(eingabe, ausgabe, device):
    gewicht = 0.01 * torch.randn(eingabe, ausgabe, device=device)
    return gewicht.requires_grad_(True), torch.zeros(ausgabe, device=device, requires_grad=True)


def get_params(vocab_size, num_hiddens, device):
    breiten = dict(r=vocab_size, z=vocab_size, k=vocab_size, o=num_hiddens)
    params = {}
    for name, breite in breiten.items():
        params["W_" + name], params["b_" + name] = parameter(breite + num_hiddens, num_hiddens, device)
    params["W_a"], params["b_a"] = parameter(num_hiddens, vocab_size, device)
    return params


def init_state(batch_size, num_hiddens, device):
    return torch.zeros(2, batch_size, num_hiddens, device=device)


def forward(inputs, state, params):
    unten, oben = state
    out = []
    for x in inputs:
        xh = torch.cat((x, unten), 1)
        r = torch.sigmoid(xh @ params["W_r"] + params["b_r"])
        z = torch.sigmoid(xh @ params["W_z"] + params["b_z"])
        kandidat = torch.tanh(torch.cat((x, r * unten), 1) @ params["W_k"] + params["b_k"])
        unten = unten + z * (kandidat - unten)
        oben = torch.tanh(torch.cat((unten, oben), 1) @ params["W_o"] + params["b_o"])
        out.append(oben @ params["W_a"] + params["b_a"])
    out = torch.stack(out)
    return out.view(-1, out.size(-1)), torch.stack((oben, unten))
