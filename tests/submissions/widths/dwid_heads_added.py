import torch

def get_params(vocab_size, num_hiddens, device):
    N = lambda *s: torch.nn.init.normal_(torch.empty(s, device=device), std=.01).requires_grad_()
    Z = lambda n: torch.zeros(n, device=device, requires_grad=True)
    ins = (vocab_size, *num_hiddens)
    cells = [(N(i, h), N(h, h), Z(h)) for i, h in zip(ins, num_hiddens)]
    heads = [N(h, vocab_size) for h in num_hiddens]     # largeurs différentes -> une matrice par couche
    return cells, heads, Z(vocab_size)

def init_hidden(batch_size, num_hiddens, device):
    return [torch.zeros(batch_size, h, device=device) for h in num_hiddens]

def rnn(inputs, hidden, params):
    cells, heads, bias = params
    sorties = []
    for x in inputs:
        nouveau = []
        for h, (W, U, b) in zip(hidden, cells):
            x = torch.tanh(x @ W + h @ U + b)
            nouveau.append(x)
        hidden = nouveau
        sorties.append(sum(h @ W for h, W in zip(hidden, heads)) + bias)
    return torch.cat(sorties), hidden
