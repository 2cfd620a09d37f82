import torch
from torch.func import functional_call


def get_params(vocab_size, num_hiddens, num_layers, device):
    def leaf(*shape, scale=0.01):
        return (scale * torch.randn(*shape, device=device)).requires_grad_()

    layers = []
    size = vocab_size
    for _ in range(num_layers):
        layers.append({
            "weight_ih_l0": leaf(4 * num_hiddens, size),
            "weight_hh_l0": leaf(4 * num_hiddens, num_hiddens),
            "bias_ih_l0": leaf(4 * num_hiddens, scale=0),
            "bias_hh_l0": leaf(4 * num_hiddens, scale=0),
        })
        size = num_hiddens
    return {"layers": layers, "W": leaf(num_hiddens, vocab_size), "b": leaf(vocab_size, scale=0)}


def init_state(batch_size, num_hiddens, num_layers, device):
    shape = (num_layers, batch_size, num_hiddens)
    return torch.zeros(shape, device=device), torch.zeros(shape, device=device)


def one_layer(x, h, c, p):
    net = torch.nn.LSTM(x.shape[-1], h.shape[-1], device=x.device)
    y, (h, c) = functional_call(net, p, (x, (h[None], c[None])))
    return y, h[0], c[0]


def forward(inputs, state, params):
    H, C = state
    x, new_h, new_c = inputs, [], []
    for k, p in enumerate(params["layers"]):
        x, h, c = one_layer(x, H[k], C[k], p)
        new_h.append(h)
        new_c.append(c)
    out = x @ params["W"] + params["b"]
    return out.reshape(-1, out.size(2)), (torch.stack(new_h), torch.stack(new_c))
