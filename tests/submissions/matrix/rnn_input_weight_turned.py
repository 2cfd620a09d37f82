import torch


def get_params(vocab_size, num_hiddens, device):
    W_xh = torch.randn(num_hiddens, vocab_size, device=device) * 0.01
    W_hh = torch.randn(num_hiddens, num_hiddens, device=device) * 0.01
    b_h = torch.zeros(num_hiddens, device=device)
    W_hq = torch.randn(num_hiddens, vocab_size, device=device) * 0.01
    b_q = torch.zeros(vocab_size, device=device)
    params = [W_xh, W_hh, b_h, W_hq, b_q]
    for param in params:
        param.requires_grad_(True)
    return params


def init_state(batch_size, num_hiddens, device):
    return (torch.zeros(batch_size, num_hiddens, device=device),)


def forward(inputs, state, params):
    W_xh, W_hh, b_h, W_hq, b_q = params
    H, = state
    outputs = []
    for X in inputs:
        H = torch.tanh(torch.mm(X, W_xh) + torch.mm(H, W_hh) + b_h)
        outputs.append(torch.mm(H, W_hq) + b_q)
    return torch.cat(outputs, dim=0), (H,)
