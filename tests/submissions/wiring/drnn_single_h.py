"""Stacked RNN, assignment 3 -- M. Okafor"""
import torch


def get_params(vocab_size, num_hiddens, num_layers, device):
    layers = []
    n_in = vocab_size
    for _ in range(num_layers):
        layers.append({
            "w_in": torch.normal(0, 0.01, (n_in, num_hiddens), device=device, requires_grad=True),
            "w_rec": torch.normal(0, 0.01, (num_hiddens, num_hiddens), device=device, requires_grad=True),
            "bias": torch.zeros(num_hiddens, device=device, requires_grad=True),
        })
        n_in = num_hiddens
    head = {
        "w": torch.normal(0, 0.01, (num_hiddens, vocab_size), device=device, requires_grad=True),
        "bias": torch.zeros(vocab_size, device=device, requires_grad=True),
    }
    return layers, head


def init_state(batch_size, num_hiddens, num_layers, device):
    return [torch.zeros(batch_size, num_hiddens, device=device) for _ in range(num_layers)]


def forward(inputs, state, params):
    layers, head = params
    h = state[0]
    outputs = []
    for x in inputs:
        for layer in layers:
            h = torch.tanh(x @ layer["w_in"] + h @ layer["w_rec"] + layer["bias"])
            x = h
        outputs.append(x @ head["w"] + head["bias"])
    return torch.cat(outputs), [h for _ in state]


if __name__ == "__main__":
    p = get_params(28, 64, 2, "cpu")
    s = init_state(4, 64, 2, "cpu")
    y, s = forward(torch.randn(10, 4, 28), s, p)
    print(y.shape, [t.shape for t in s])
