import torch

# [x, h] concatenated.  gates: (n+h, 2h)  candidate: (n+h, h)

def getParams(vocab_size, hidden_size, nlayers, device):
    params = []
    for layer in range(nlayers):
        n = vocab_size if layer == 0 else hidden_size
        Wg = torch.randn(n + hidden_size, 2 * hidden_size, device=device) * 0.01
        bg = torch.zeros(2 * hidden_size, device=device)
        Wc = torch.randn(n + hidden_size, hidden_size, device=device) * 0.01
        bc = torch.zeros(hidden_size, device=device)
        params.append((Wg, bg, Wc, bc))
    Wo = torch.randn(hidden_size, vocab_size, device=device) * 0.01
    bo = torch.zeros(vocab_size, device=device)
    params.append((Wo, bo))
    for tup in params:
        for p in tup:
            p.requires_grad_(True)
    return params

def initState(batch_size, hidden_size, nlayers, device):
    return [torch.zeros(batch_size, hidden_size, device=device) for _ in range(nlayers)]

def gruForward(inputs, state, params):
    T, B, V = inputs.size()
    h = {i: s for i, s in enumerate(state)}
    Wo, bo = params[-1]
    result = inputs.new_empty(T, B, V)
    for t in range(T):
        x = inputs[t]
        for i, (Wg, bg, Wc, bc) in enumerate(params[:-1]):
            rz = torch.sigmoid(torch.cat((x, h[i]), 1) @ Wg + bg)
            r, z = rz.split(rz.size(1) // 2, dim=1)
            c = torch.tanh(torch.cat((x, r * h[i]), 1) @ Wc + bc)
            h[i] = (1.0 - z) * h[i] + z * c
            x = h[i]
        result[t] = x @ Wo + bo
    return result, [h[i] for i in range(len(h))]
