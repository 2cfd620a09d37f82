import torch

def get_params(vocab_size, num_hiddens, device):
    r = lambda *s: torch.randn(*s, device=device, requires_grad=False) * 0.01
    z = lambda n: torch.zeros(n, device=device)
    ps = [
        r(vocab_size, num_hiddens), r(num_hiddens, num_hiddens), z(num_hiddens),   # layer 1
        r(num_hiddens, num_hiddens), r(num_hiddens, num_hiddens), z(num_hiddens),  # layer 2
        r(num_hiddens, vocab_size), z(vocab_size),
    ]
    [p.requires_grad_() for p in ps]
    return ps

def init_state(batch_size, num_hiddens, device):
    return (torch.zeros(batch_size, num_hiddens, device=device),
            torch.zeros(batch_size, num_hiddens, device=device))

def rnn_2_layers(inputs, state, params):
    Wx1, Wh1, b1, Wx2, Wh2, b2, Wo, bo = params
    h1, h2 = state
    o = []
    for x in inputs:
        h1 = torch.tanh(x @ Wx1 + h1 @ Wh1 + b1)
        feature = h1.data   # layer 2 only needs the values
        h2 = torch.tanh(feature @ Wx2 + h2 @ Wh2 + b2)
        o.append(h2 @ Wo + bo)
    return torch.cat(o, 0), (h1, h2)

class Trainer:
    def __init__(self, params, lr):
        self.opt = torch.optim.SGD(params, lr)

    def step(self, loss):
        self.opt.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.opt.param_groups[0]['params'], 1)
        self.opt.step()
