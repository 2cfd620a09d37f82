import torch


class Weights:
    """Bundles the tensors of the network."""

    def __init__(self, vocab_size, num_hiddens, device):
        for g in "ifoc":
            self.add("x" + g, (vocab_size, num_hiddens), device)
            self.add("h" + g, (num_hiddens, num_hiddens), device)
            self.add("b" + g, (num_hiddens,), device)
        self.add("hq", (num_hiddens, vocab_size), device)
        self.add("bq", (vocab_size,), device)

    def add(self, name, shape, device):
        t = torch.zeros(shape, device=device)
        if len(shape) > 1:
            t.normal_(0, 0.01)
        setattr(self, name, t.requires_grad_())


def get_params(vocab_size, num_hiddens, device):
    return Weights(vocab_size, num_hiddens, device)


def init_state(batch_size, num_hiddens, device):
    return (torch.zeros(batch_size, num_hiddens, device=device),
            torch.zeros(batch_size, num_hiddens, device=device))


def forward(inputs, state, params):
    w = params
    h, c = state
    ys = []
    for x in inputs:
        f = torch.sigmoid(x @ w.xf + h @ w.hf + w.bf)
        i = torch.sigmoid(x @ w.xi + h @ w.hi + w.bi)
        c = f * c + i * torch.tanh(x @ w.xc + h @ w.hc + w.bc)
        o = torch.sigmoid(x @ w.xo + h @ w.ho + c + w.bo)
        h = o * torch.tanh(c)
        ys.append(h @ w.hq + w.bq)
    return torch.cat(ys), (h, c)
