import torch

# GRU desde cero. Grupo 4: Lucía, Andrés, Pablo

def crear_params(vocab_size, num_hiddens, device):
    escala = 0.01
    p = {}
    for puerta in ['z', 'r', 'h']:
        p['Wx' + puerta] = torch.randn(vocab_size, num_hiddens, device=device) * escala
        p['Wh' + puerta] = torch.randn(num_hiddens, num_hiddens, device=device) * escala
        p['b' + puerta] = torch.zeros(num_hiddens, device=device)
    p['Wq'] = torch.randn(num_hiddens, vocab_size, device=device) * escala
    p['bq'] = torch.zeros(vocab_size, device=device)
    for k in p:
        p[k].requires_grad = True
    return p

def init_state(batch_size, num_hiddens, device):
    return torch.zeros(num_hiddens, batch_size, device=device)

def gru(inputs, estado, params):
    p = params
    H = estado
    salidas = []
    for X in inputs:
        Z = torch.sigmoid(X @ p['Wxz'] + H @ p['Whz'] + p['bz'])
        R = torch.sigmoid(X @ p['Wxr'] + H @ p['Whr'] + p['br'])
        H_cand = torch.tanh(X @ p['Wxh'] + R * (H @ p['Whh']) + p['bh'])
        H = (1 - Z) * H_cand + Z * H
        salidas.append(H @ p['Wq'] + p['bq'])
    return torch.cat(salidas, dim=0), H

# prueba rápida
n = 32
params = crear_params(28, n, 'cpu')
Y, H = gru(torch.rand(5, n, 28), init_state(n, n, 'cpu'), params)
print(Y.shape, H.shape)
