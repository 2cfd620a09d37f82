# Red recurrente simple, con los pesos guardados como en torch: (salida, entrada)
import torch
import torch.nn.functional as F


def init_params(vocab_size, hidden_size, device):
    """Crea los seis parámetros; los sesgos empiezan en cero."""
    pesos = {
        'w_ih': (hidden_size, vocab_size),
        'w_hh': (hidden_size, hidden_size),
        'w_ho': (vocab_size, hidden_size),
    }
    w_ih, w_hh, w_ho = (
        torch.empty(forma, device=device).normal_(0, 0.01) for forma in pesos.values())
    b_ih = torch.zeros(hidden_size, device=device)
    b_hh = torch.zeros(hidden_size, device=device)
    b_ho = torch.zeros(vocab_size, device=device)
    parametros = (w_ih, b_ih, w_hh, b_hh, w_ho, b_ho)
    for p in parametros:
        p.requires_grad = True
    return parametros


def init_hidden(batch_size, hidden_size, device):
    return torch.zeros(batch_size, hidden_size, device=device)


def rnn_forward(entradas, h, parametros):
    w_ih, b_ih, w_hh, b_hh, w_ho, b_ho = parametros
    salidas = []
    for x in entradas:
        # igual que nn.RNNCell: dos sesgos, uno por cada producto
        h = torch.tanh(F.linear(x, w_ih, b_ih) + F.linear(h, w_hh, b_hh))
        salidas.append(F.linear(h, w_ho, b_ho))
    return torch.cat(salidas, dim=0), h
