import torch
def sizes(V, H, L):
    s = []
    for l in range(L): s += [(V if l == 0 else H, H), (H, H), (H,)]
    return s + [(H, V), (V,)]
def numel(s):
    n = 1
    for k in s: n *= k
    return n
def get_params(vocab_size, num_hiddens, num_layers, device):
    return (torch.randn(sum(map(numel, sizes(vocab_size, num_hiddens, num_layers))), device=device) * .1).requires_grad_()
def init_state(batch_size, num_hiddens, num_layers, device):
    return torch.zeros(num_layers, batch_size, num_hiddens, device=device)
def forward(inputs, state, params):
    L, B, H = state.shape
    V = inputs.shape[-1]
    shapes = sizes(V, H, L)
    ws = [p.view(s) for p, s in zip(params.split([numel(s) for s in shapes]), shapes)]
    hs = list(state)
    out = []
    for x in inputs:
        for l in range(L):
            x = hs[l] = torch.tanh(x @ ws[3*l] + hs[l] @ ws[3*l+1] + ws[3*l+2])
        out.append(x @ ws[-2] + ws[-1])
    return torch.cat(out), torch.stack(hs)
