import torch


def get_params(vocab_size, num_hiddens, device):
    def block():
        return [torch.randn(vocab_size, num_hiddens, device=device).mul_(0.01),
                torch.randn(num_hiddens, num_hiddens, device=device).mul_(0.01),
                torch.zeros(1, num_hiddens, device=device)]

    # forget, output, input, cell
    blocks = [block() for _ in range(4)]
    W = torch.randn(num_hiddens, vocab_size, device=device).mul_(0.01)
    b = torch.zeros(1, vocab_size, device=device)
    for w in sum(blocks, [W, b]):
        w.requires_grad = True
    return blocks + [W, b]


def init_state(batch_size, num_hiddens, device):
    H = torch.zeros(batch_size, num_hiddens, device=device)
    C = torch.zeros(batch_size, num_hiddens).cuda()
    return H, C


def forward(inputs, state, params):
    *blocks, W, b = params
    H, C = state
    ys = []
    for X in inputs:
        f, o, i, g = [X @ wx + H @ wh + bb for wx, wh, bb in blocks]
        C = torch.sigmoid(f) * C + torch.sigmoid(i) * torch.tanh(g)
        H = torch.sigmoid(o) * torch.tanh(C)
        ys.append(H @ W + b)
    return torch.cat(ys, dim=0), (H, C)
