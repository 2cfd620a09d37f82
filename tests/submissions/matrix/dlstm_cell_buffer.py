import torch


def get_params(vocab_size, num_hiddens, num_layers, device):
    params = {}
    for k in range(num_layers):
        n = num_hiddens if k else vocab_size
        for g in "ifoc":
            params[f"W_x{g}{k}"] = torch.randn(n, num_hiddens, device=device) * 0.01
            params[f"W_h{g}{k}"] = torch.randn(num_hiddens, num_hiddens, device=device) * 0.01
            params[f"b_{g}{k}"] = torch.zeros(num_hiddens, device=device)
    params["W_hq"] = torch.randn(num_hiddens, vocab_size, device=device) * 0.01
    params["b_q"] = torch.zeros(vocab_size, device=device)
    for p in params.values():
        p.requires_grad_()
    return params


def init_state(batch_size, num_hiddens, num_layers, device):
    H = torch.zeros(num_layers, batch_size, num_hiddens, device=device)
    return H, torch.zeros_like(H)


def forward(inputs, state, params):
    H, C = state
    L = H.shape[0]
    seq, h_end, c_end = inputs, [], []
    for k in range(L):
        wx, wh, b = ({g: params[f"{s}{g}{k}"] for g in "ifoc"} for s in ("W_x", "W_h", "b_"))
        h_new, c_new, hs = H[k], C[k].clone(), []
        for x in seq:
            a = {g: x @ wx[g] + h_new @ wh[g] + b[g] for g in "ifoc"}
            c_new = torch.sigmoid(a["f"]) * c_new + torch.sigmoid(a["i"]) * torch.tanh(a["c"])
            h_new = torch.sigmoid(a["o"]) * torch.tanh(c_new)
            hs.append(h_new)
        seq = torch.stack(hs)
        C[k].copy_(c_new.detach())
        h_end.append(h_new)
        c_end.append(c_new)
    out = seq @ params["W_hq"] + params["b_q"]
    return out.flatten(0, 1), (torch.stack(h_end), torch.stack(c_end))
