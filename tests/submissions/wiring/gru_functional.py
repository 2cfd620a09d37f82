import torch
import time

class Timer:
    def __init__(self):
        self.t = time.time()
    def stop(self):
        return time.time() - self.t

def get_gru_params(vocab_size, num_hiddens, device):
    params = [torch.randn(3 * num_hiddens, vocab_size, device=device) * 0.01,
              torch.randn(3 * num_hiddens, num_hiddens, device=device) * 0.01,
              torch.zeros(3 * num_hiddens, device=device),
              torch.zeros(3 * num_hiddens, device=device),
              torch.randn(num_hiddens, vocab_size, device=device) * 0.01,
              torch.zeros(vocab_size, device=device)]
    for p in params:
        p.requires_grad_(True)
    return params

def init_gru_state(batch_size, num_hiddens, device):
    return torch.zeros(1, batch_size, num_hiddens, device=device)

def gru(inputs, state, params):
    *weights, W_hq, b_q = params
    # has_biases, num_layers, dropout, train, bidirectional, batch_first
    hiddens, state = torch.gru(inputs, state, weights, True, 1, 0.0, False, False, False)
    return (hiddens @ W_hq + b_q).flatten(0, 1), state

timer = Timer()
params = get_gru_params(28, 256, 'cpu')
Y, H = gru(torch.rand(35, 32, 28), init_gru_state(32, 256, 'cpu'), params)
print(f'{timer.stop():.4f} sec')
