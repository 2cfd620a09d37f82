import torch

# 循環重みは全層まとめて (L, 4, H, H)、入力重みは層ごとに (4, n_in, H)
# ゲートの順番: 入力, 忘却, 出力, 候補


def get_params(vocab_size, num_hiddens, n_layers, device):
    sizes = [vocab_size] + [num_hiddens] * (n_layers - 1)
    W_in = [torch.randn(4, n, num_hiddens, device=device) * 0.01 for n in sizes]
    W_rec = torch.randn(n_layers, 4, num_hiddens, num_hiddens, device=device) * 0.01
    bias = torch.zeros(n_layers, 4, num_hiddens, device=device)
    W_out = torch.randn(vocab_size, num_hiddens, device=device) * 0.01
    b_out = torch.zeros(vocab_size, device=device)
    for p in W_in + [W_rec, bias, W_out, b_out]:
        p.requires_grad_()
    return {'in': W_in, 'rec': W_rec, 'bias': bias, 'out': (W_out, b_out)}


def init_state(batch_size, num_hiddens, n_layers, device):
    # (2, L, B, H): [0] が隠れ状態、[1] がセル
    return torch.zeros(2, n_layers, batch_size, num_hiddens, device=device)


def forward(inputs, state, params):
    W_out, b_out = params['out']
    h = list(state[0])
    c = list(state[1])
    ys = []
    for x in inputs:
        for l, W in enumerate(params['in']):
            pre = (torch.einsum('bn,gnh->gbh', x, W)
                   + torch.einsum('bk,gkh->gbh', h[l], params['rec'][l])
                   + params['bias'][l].unsqueeze(1))
            i, f, o = torch.sigmoid(pre[:3])
            c[l] = f * c[l] + i * torch.tanh(pre[3])
            h[l] = o * torch.tanh(c[l])
            x = h[l]
        ys.append(torch.einsum('bh,vh->bv', x, W_out) + b_out)
    return torch.cat(ys), torch.stack([torch.stack(h), torch.stack(c)])
