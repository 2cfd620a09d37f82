# Exercício: RNN profunda. num_hiddens pode ser um inteiro (uma camada) ou uma lista.
from collections import OrderedDict
import torch

def larguras(num_hiddens):
    try:
        return tuple(num_hiddens)
    except TypeError:
        return (num_hiddens,)

def get_params(vocab_size, num_hiddens, device='cpu'):
    p = OrderedDict()
    p['saida.b'] = torch.zeros(vocab_size, device=device)
    anterior = vocab_size
    for camada, h in enumerate(larguras(num_hiddens)):
        p['b.%d' % camada] = torch.zeros(h, device=device)
        p['rec.%d' % camada] = torch.randn(h, h, device=device) * 0.01
        p['ent.%d' % camada] = torch.randn(anterior, h, device=device) * 0.01
        anterior = h
    p['saida.W'] = torch.randn(anterior, vocab_size, device=device) * 0.01
    for t in p.values(): t.requires_grad_(True)
    return p

def init_state(batch_size, num_hiddens, device='cpu'):
    return tuple(map(lambda h: torch.zeros(batch_size, h, device=device), larguras(num_hiddens)))

def forward(inputs, state, params):
    estados = [list(state)]
    for x in inputs:
        antes, agora = estados[-1], []
        for camada, h in enumerate(antes):
            fonte = agora[-1] if camada else x
            soma = fonte @ params['ent.%d' % camada]
            soma = soma + h @ params['rec.%d' % camada]
            agora.append(torch.tanh(soma + params['b.%d' % camada]))
        estados.append(agora)
    topo = torch.cat([e[-1] for e in estados[1:]])
    return topo @ params['saida.W'] + params['saida.b'], tuple(estados[-1])

for n in (8, [8], [8, 3, 5]):
    y, s = forward(torch.eye(6).unsqueeze(1), init_state(1, n), get_params(6, n))
    print(n, tuple(y.shape), [tuple(t.shape) for t in s])
