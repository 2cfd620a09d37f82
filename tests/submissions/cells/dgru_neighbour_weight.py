#GRU 2 couches
import torch

def get_params(vocab_size, num_hiddens, device):
    nh = num_hiddens
    def W(n): return (torch.rand(n, nh, device=device) * 0.04 - 0.02).requires_grad_()
    def B(): return torch.zeros(nh, device=device).requires_grad_()
    #couche du bas
    bas = {'Wxz': W(vocab_size), 'Whz': W(nh), 'bz': B(),
           'Wxr': W(vocab_size), 'Whr': W(nh), 'br': B(),
           'Wxh': W(vocab_size), 'Whh': W(nh), 'bh': B()}
    #couche du haut
    haut = {'Wxz': W(nh), 'Whz': W(nh), 'bz': B(),
            'Wxr': W(nh), 'Whr': W(nh), 'br': B(),
            'Wxh': W(nh), 'Whh': W(nh), 'bh': B()}
    Wq = (torch.rand(nh, vocab_size, device=device) * 0.04 - 0.02).requires_grad_()
    bq = torch.zeros(vocab_size, device=device).requires_grad_()
    return bas, haut, Wq, bq

def init_gru_state(batch_size, num_hiddens, device):
    return (torch.zeros(batch_size, num_hiddens, device=device), torch.zeros(batch_size, num_hiddens, device=device))

def gru(inputs, state, params):
    bas, haut, Wq, bq = params
    H1, H2 = state
    res = []
    for X in inputs:
        Z1 = torch.sigmoid(X @ bas['Wxz'] + H1 @ bas['Whz'] + bas['bz'])
        R1 = torch.sigmoid(X @ bas['Wxr'] + H1 @ bas['Whr'] + bas['br'])
        T1 = torch.tanh(X @ bas['Wxh'] + (R1 * H1) @ bas['Whh'] + bas['bh'])
        H1 = Z1 * H1 + (1 - Z1) * T1

        Z2 = torch.sigmoid(H1 @ haut['Wxz'] + H2 @ bas['Whz'] + haut['bz'])
        R2 = torch.sigmoid(H1 @ haut['Wxr'] + H2 @ haut['Whr'] + haut['br'])
        T2 = torch.tanh(H1 @ haut['Wxh'] + (R2 * H2) @ haut['Whh'] + haut['bh'])
        H2 = Z2 * H2 + (1 - Z2) * T2

        res.append(H2 @ Wq + bq)
    return torch.cat(res, 0), (H1, H2)
