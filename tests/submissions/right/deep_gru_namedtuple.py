from collections import namedtuple
import torch

Gate = namedtuple('Gate', 'W_x W_h b')
GRULayer = namedtuple('GRULayer', 'reset update cand')
Net = namedtuple('Net', 'layers W_hq b_q')


def get_params(vocab_size, num_hiddens, device, num_layers=2):
    def param(*shape):
        return torch.nn.Parameter(torch.randn(*shape, device=device) * 0.01)

    def gate(n_in):
        bias = torch.nn.Parameter(torch.zeros(num_hiddens, device=device))
        return Gate(param(n_in, num_hiddens), param(num_hiddens, num_hiddens), bias)

    sizes = [vocab_size] + [num_hiddens] * (num_layers - 1)
    layers = [GRULayer(reset=gate(n), update=gate(n), cand=gate(n)) for n in sizes]
    return Net(layers, param(num_hiddens, vocab_size),
               torch.nn.Parameter(torch.zeros(vocab_size, device=device)))


def init_state(batch_size, num_hiddens, device, num_layers=2):
    return {f'layer{i + 1}': torch.zeros(batch_size, num_hiddens, device=device)
            for i in range(num_layers)}


def affine(gate, x, h):
    return x @ gate.W_x + h @ gate.W_h + gate.b


def forward(inputs, state, params):
    outputs = []
    for x in inputs:
        new_state = {}
        for (name, h), layer in zip(state.items(), params.layers):
            r = torch.sigmoid(affine(layer.reset, x, h))
            z = torch.sigmoid(affine(layer.update, x, h))
            c = torch.tanh(affine(layer.cand, x, r * h))
            x = z * h + (1 - z) * c
            new_state[name] = x
        state = new_state
        outputs.append(x @ params.W_hq + params.b_q)
    return torch.cat(outputs, dim=0), state
