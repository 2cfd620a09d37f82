# RNN profunda - práctica 2
import torch

def normal(forma, device):
    return torch.randn(forma, device=device) * 0.01

def get_params(vocab_size, num_hiddens, num_layers, device):
    params = []
    for capa in range(num_layers):
        entrada = vocab_size if capa == 0 else num_hiddens
        params.append(normal((entrada, num_hiddens), device))
        params.append(normal((num_hiddens, num_hiddens), device))
        params.append(torch.zeros(num_hiddens, device=device))
    params.append(normal((num_hiddens, vocab_size), device))
    params.append(torch.zeros(vocab_size, device=device))
    for p in params:
        p.requires_grad_(True)
    return params

def init_rnn_state(batch_size, num_hiddens, num_layers, device):
    return tuple(torch.zeros((batch_size, num_hiddens), device=device) for _ in range(num_layers))

def rnn(inputs, state, params):
    num_layers = len(state)
    W_hq, b_q = params[-2], params[-1]
    H = list(state)
    outputs = []
    for X in inputs:
        for capa in range(num_layers):
            W_xh, W_hh, b_h = params[3 * capa: 3 * capa + 3]
            H[capa] = torch.tanh(torch.mm(X, W_xh) + torch.mm(H[capa], W_hh) + b_h)
            X = H[capa]
        Y = torch.mm(X, W_hq) + b_q
        outputs.append(Y)
    return torch.cat(outputs, dim=0), (H[-1],)

print("listo")
