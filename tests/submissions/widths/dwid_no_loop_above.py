import torch

def get_params(vocab_size, num_hiddens, device):
    h1, h2 = num_hiddens
    def w(a, b): return torch.nn.Parameter(torch.randn(a, b, device=device) / 100)
    def b(a): return torch.nn.Parameter(torch.zeros(a, device=device))
    return {
        "xh": w(vocab_size, h1),   # input -> layer 1
        "hh": w(h1, h1),           # layer 1 -> layer 1
        "bh": b(h1),
        "hg": w(h1, h2),           # layer 1 -> layer 2
        "bg": b(h2),
        "gq": w(h2, vocab_size),   # layer 2 -> output
        "bq": b(vocab_size),
    }

def init_state(batch_size, num_hiddens, device):
    return [torch.zeros(batch_size, n, device=device) for n in num_hiddens]

def rnn(inputs, state, params):
    h, g = state
    out = []
    for x in inputs:
        h = torch.tanh(x @ params["xh"] + h @ params["hh"] + params["bh"])
        g = torch.tanh(h @ params["hg"] + params["bg"])
        out.append(g @ params["gq"] + params["bq"])
    return torch.cat(out), [h, g]
