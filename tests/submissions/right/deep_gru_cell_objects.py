import torch
class GRUCell:
    def __init__(self, n_in, n_hid, device):
        g = lambda *s: (torch.randn(*s) * 0.1).to(device).requires_grad_(True)
        self.w = {k: (g(n_in, n_hid), g(n_hid, n_hid), g(n_hid)) for k in ('update', 'reset', 'cand')}
    def gate(self, k, x, h):
        a, b, c = self.w[k]
        return x @ a + h @ b + c
    def __call__(self, x, h):
        z = self.gate('update', x, h).sigmoid()
        r = self.gate('reset', x, h).sigmoid()
        return z * h + (1 - z) * self.gate('cand', x, r * h).tanh()
class Params:
    def __init__(self, cells, out): self.cells, self.out = cells, out
    def __iter__(self):
        for c in self.cells:
            for t in c.w.values(): yield from t
        yield from self.out
def get_params(vocab_size, num_hiddens, num_layers, device):
    cells = [GRUCell(num_hiddens if i else vocab_size, num_hiddens, device) for i in range(num_layers)]
    return Params(cells, [torch.randn(num_hiddens, vocab_size, device=device, requires_grad=True), torch.zeros(vocab_size, device=device, requires_grad=True)])
def init_state(batch_size, num_hiddens, num_layers, device):
    return [torch.zeros(batch_size, num_hiddens, device=device) for _ in range(num_layers)]
def forward(inputs, state, params):
    outs = []
    for x in inputs:
        new = []
        for cell, h in zip(params.cells, state):
            x = cell(x, h); new.append(x)
        state = new
        outs.append(x @ params.out[0] + params.out[1])
    return torch.cat(outs), state
