import torch
import torch.nn as nn
# n-layer vanilla RNN, run on colab (T4)

def get_params(vocab_size, num_hiddens, num_layers, device):
    layers = []
    for i in range(num_layers):
        inp = vocab_size if i == 0 else num_hiddens
        layers.append([torch.randn(inp, num_hiddens, device=device) * 0.01,
                       torch.randn(num_hiddens, num_hiddens, device=device) * 0.01,
                       torch.zeros(num_hiddens, device=device)])
    layers.append([torch.randn(num_hiddens, vocab_size, device=device) * 0.01,
                   torch.zeros(vocab_size, device=device)])
    for layer in layers:
        for p in layer:
            p.requires_grad_(True)
    return layers

def init_state(batch_size, num_hiddens, num_layers, device):
    return [torch.zeros(batch_size, num_hiddens, device='cuda') for i in range(num_layers)]

def rnn(inputs, state, params):
    out_w, out_b = params[-1]
    state = [s for s in state]
    res = []
    for x in inputs:
        for i, (wx, wh, b) in enumerate(params[:-1]):
            state[i] = torch.tanh(x @ wx + state[i] @ wh + b)
            x = state[i]
        res.append(x @ out_w + out_b)
    return torch.cat(res), state

params = get_params(28, 256, 2, 'cuda')
state = init_state(32, 256, 2, 'cuda')
y, state = rnn(torch.rand(35, 32, 28).cuda(), state, params)
print(y.device, y.shape)
