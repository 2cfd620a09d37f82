# Tiefes RNN: alle Schichten in EINEM Tensor (L, H, H)
import torch


def init_params(V, H, L, device):
    gewichte = {
        "rekurrent": torch.randn(L, H, H, device=device) * 0.01,
        "bias": torch.zeros(L, 1, H, device=device),
        "eingabe": torch.randn(V, H, device=device) * 0.01,
        "ausgabe": torch.randn(H, V, device=device) * 0.01,
        "bias_aus": torch.zeros(V, device=device),
    }
    if L > 1:
        # Verbindungen zwischen Schicht l und l+1
        gewichte["aufwaerts"] = torch.randn(L - 1, H, H, device=device) * 0.01
    for w in gewichte.values():
        w.requires_grad_()
    return gewichte


def init_state(batch_size, H, L, device):
    return torch.zeros(L, batch_size, H, device=device)


def rnn_forward(inputs, state, params):
    L = state.shape[0]
    folge = []
    for x in inputs:
        # rekurrenter Teil aller Schichten auf einmal: (L,B,H) x (L,H,H)
        rek = torch.bmm(state, params["rekurrent"]) + params["bias"]
        h = torch.tanh(x @ params["eingabe"] + rek[0])
        neu = [h]
        for l in range(1, L):
            h = torch.tanh(h @ params["aufwaerts"][l - 1] + rek[l])
            neu.append(h)
        state = torch.stack(neu)
        folge.append(h)
    y = torch.stack(folge) @ params["ausgabe"] + params["bias_aus"]
    return y.reshape(-1, y.shape[-1]), state
