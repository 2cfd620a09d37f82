import torch


def init_weights(vocab_size, widths, device):
    ws = []
    for i, w in enumerate(widths):
        n_in = widths[i - 1] if i > 0 else vocab_size
        n_before = widths[i - 1]        # h comes from the layer before (from the last one for i = 0)
        ws.append([
            torch.randn(n_in, w, device=device) * 0.01,
            torch.randn(n_before, w, device=device) * 0.01,
            torch.zeros(w, device=device),
        ])
    ws.append([torch.randn(widths[-1], vocab_size, device=device) * 0.01,
               torch.zeros(vocab_size, device=device)])
    for group in ws:
        for t in group:
            t.requires_grad = True
    return ws


def init_state(batch_size, widths, device):
    return [torch.zeros(batch_size, w, device=device) for w in widths]


def forward(inputs, state, weights):
    *hidden_layers, (w_out, b_out) = weights
    h = state[-1]
    out = []
    for x in inputs:
        state = []
        for w_x, w_h, b in hidden_layers:
            h = torch.tanh(x @ w_x + h @ w_h + b)
            x = h
            state.append(h)
        out.append(h @ w_out + b_out)
    return torch.cat(out), state
