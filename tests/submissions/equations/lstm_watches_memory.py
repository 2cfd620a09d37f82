import torch


class Gate:
    def __init__(self, n, h, device):
        self.x = (torch.randn(n, h, device=device) * 0.01).requires_grad_()
        self.h = (torch.randn(h, h, device=device) * 0.01).requires_grad_()
        self.b = torch.zeros(h, device=device, requires_grad=True)

    def __call__(self, x, h):
        return x @ self.x + h @ self.h + self.b


def get_lstm_params(vocab_size, num_hiddens, device):
    gates = [Gate(vocab_size, num_hiddens, device) for _ in range(4)]
    see = [(torch.randn(num_hiddens, device=device) * 0.01).requires_grad_() for _ in range(2)]
    head = [(torch.randn(num_hiddens, vocab_size, device=device) * 0.01).requires_grad_(),
            torch.zeros(vocab_size, device=device, requires_grad=True)]
    return gates, see, head


def init_lstm_state(batch_size, num_hiddens, device):
    return (torch.zeros(batch_size, num_hiddens, device=device),
            torch.zeros(batch_size, num_hiddens, device=device))


def lstm(inputs, state, params):
    (gi, gf, go, gc), (see_i, see_f), (W, b) = params
    h, c = state
    ys = []
    for x in inputs:
        i = torch.sigmoid(gi(x, h) + see_i * c)
        f = torch.sigmoid(gf(x, h) + see_f * c)
        o = torch.sigmoid(go(x, h))
        c = f * c + i * torch.tanh(gc(x, h))
        h = o * torch.tanh(c)
        ys.append(h @ W + b)
    return torch.cat(ys), (h, c)
