import torch


class Obj:
    pass


def get_params(vocab_size, num_hiddens, num_layers, device):
    def param(*size, factor=0.01):
        return (factor * torch.randn(*size, device=device)).requires_grad_()

    net = Obj()
    net.layers = []
    for l in range(1, num_layers):
        layer = Obj()
        layer.W = param(vocab_size if l == 1 else num_hiddens, num_hiddens)
        layer.U = param(num_hiddens, num_hiddens)
        layer.b = param(num_hiddens, factor=0)
        net.layers.append(layer)
    net.W = param(num_hiddens, vocab_size)
    net.b = param(vocab_size, factor=0)
    return net


def init_state(batch_size, num_hiddens, num_layers, device):
    return [torch.zeros(batch_size, num_hiddens, device=device) for _ in range(1, num_layers)]


def forward(inputs, state, params):
    hs = state[:]
    ys = []
    for x in inputs:
        for k, layer in enumerate(params.layers):
            hs[k] = torch.tanh(x @ layer.W + hs[k] @ layer.U + layer.b)
            x = hs[k]
        ys.append(x @ params.W + params.b)
    return torch.cat(ys), hs
