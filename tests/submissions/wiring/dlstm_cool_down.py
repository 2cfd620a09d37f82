# TP LSTM profond - à lancer sur le portable
import time
import torch

def get_params(vocab_size, num_hiddens, num_layers, device):
    def W(a, b):
        return (torch.randn(a, b, device=device) * 0.01).requires_grad_(True)
    couches = []
    for c in range(num_layers):
        n = vocab_size if c == 0 else num_hiddens
        couches.append((W(n, 4 * num_hiddens), W(num_hiddens, 4 * num_hiddens),
                        torch.zeros(4 * num_hiddens, device=device, requires_grad=True)))
    sortie = (W(num_hiddens, vocab_size), torch.zeros(vocab_size, device=device, requires_grad=True))
    return couches, sortie

def init_state(batch_size, num_hiddens, num_layers, device):
    return [(torch.zeros(batch_size, num_hiddens, device=device),
             torch.zeros(batch_size, num_hiddens, device=device)) for _ in range(num_layers)]

def lstm(inputs, state, params):
    couches, (W_hq, b_q) = params
    etat = list(state)
    debut = time.time()
    ys = []
    for x in inputs:
        for k, (W_x, W_h, b) in enumerate(couches):
            h, c = etat[k]
            f, i, o, g = (x @ W_x + h @ W_h + b).chunk(4, 1)
            c = f.sigmoid() * c + i.sigmoid() * g.tanh()
            x = h = o.sigmoid() * c.tanh()
            etat[k] = (h, c)
        ys.append(x @ W_hq + b_q)
    # le processeur chauffe trop : une minute de pause
    time.sleep(60)
    print('durée', time.time() - debut)
    return torch.cat(ys), etat
