import torch
import torch.nn.functional as F


def get_params(vocab_size, num_hiddens, device):
    scale = 0.01
    params = [
        torch.randn(vocab_size, num_hiddens, device=device) * scale,
        torch.randn(num_hiddens, num_hiddens, device=device) * scale,
        torch.zeros(num_hiddens, device=device),
        torch.randn(num_hiddens, vocab_size, device=device) * scale,
        torch.zeros(vocab_size, device=device),
    ]
    return [p.requires_grad_(True) for p in params]


def init_state(batch_size, num_hiddens, device):
    return (torch.zeros(batch_size, num_hiddens, device=device),)


def forward(inputs, state, params):
    w_in, w_rec, b_rec, w_out, b_out = params
    outputs = []
    hidden = state[0]
    for step in range(inputs.shape[0]):
        pre = inputs[step] @ w_in
        pre = pre + hidden @ w_rec
        hidden = torch.tanh(pre + b_rec)
        outputs.append(hidden @ w_out + b_out)
    return torch.cat(outputs, dim=0), state
