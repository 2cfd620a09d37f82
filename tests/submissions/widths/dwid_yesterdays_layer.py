import torch

def get_params(vocab_size, widths, device):
    n = [vocab_size] + list(widths)
    layers = []
    for i in range(1, len(n)):
        layers.append((torch.zeros(n[i], device=device).requires_grad_(),
                       torch.randn(n[i - 1], n[i], device=device).mul(0.01).requires_grad_(),
                       torch.randn(n[i], n[i], device=device).mul(0.01).requires_grad_()))
    return layers, (torch.zeros(vocab_size, device=device).requires_grad_(),
                    torch.randn(n[-1], vocab_size, device=device).mul(0.01).requires_grad_())

def get_init_state(batch_size, widths, device):
    return tuple(torch.zeros(batch_size, w, device=device) for w in widths)

def rnn_seq(inputs, state, params):
    layers, (c, V) = params
    outputs = []
    for x in inputs:
        sources = (x,) + tuple(state[:-1])
        state = tuple(torch.tanh(b + s @ W + h @ U) for s, h, (b, W, U) in zip(sources, state, layers))
        outputs.append(c + state[-1] @ V)
    return torch.cat(outputs), state
