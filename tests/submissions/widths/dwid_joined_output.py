# Homework 6: stacked RNN, hidden layers of any width
import torch


class Net:
    pass


def get_params(vocab_size, hidden_sizes, device):
    def new(*size):
        return torch.randn(*size, device=device).mul_(0.01).requires_grad_()

    net = Net()
    net.W, net.U, net.b = [], [], []
    last = vocab_size
    for size in hidden_sizes:
        net.W.append(new(last, size))
        net.U.append(new(size, size))
        net.b.append(torch.zeros(size, device=device, requires_grad=True))
        last = size
    # every hidden unit should have a say in the prediction
    net.V = new(sum(hidden_sizes), vocab_size)
    net.c = torch.zeros(vocab_size, device=device, requires_grad=True)
    return net


def init_state(batch_size, hidden_sizes, device):
    return [torch.zeros((batch_size, size), device=device) for size in hidden_sizes]


def forward(inputs, state, params):
    h = list(state)
    outputs = []
    for x in inputs:
        for l in range(len(h)):
            h[l] = torch.tanh(x @ params.W[l] + h[l] @ params.U[l] + params.b[l])
            x = h[l]
        outputs.append(torch.cat(h, dim=1) @ params.V + params.c)
    return torch.cat(outputs, dim=0), h
