import torch


def get_params(vocab_size, num_hiddens, device):
    def peso(m, n):
        return torch.randn(m, n, device=device).mul(0.05).requires_grad_(True)

    def cero(n):
        return torch.zeros(n, device=device, requires_grad=True)

    abajo = {g: [peso(vocab_size, num_hiddens), peso(num_hiddens, num_hiddens), cero(num_hiddens)] for g in "rzn"}
    return abajo, [peso(num_hiddens, num_hiddens), peso(num_hiddens, num_hiddens), cero(num_hiddens)], \
        [peso(num_hiddens, vocab_size), cero(vocab_size)]


def init_state(batch_size, num_hiddens, device):
    return (torch.zeros(batch_size, num_hiddens, device=device),) * 1 + \
        (torch.zeros(batch_size, num_hiddens, device=device),)


def suma(x, h, p):
    return x @ p[0] + h @ p[1] + p[2]


def paso_gru(x, h, p):
    r, z = torch.sigmoid(suma(x, h, p["r"])), torch.sigmoid(suma(x, h, p["z"]))
    return z * h + (1 - z) * torch.tanh(suma(x, r * h, p["n"]))


def paso_rnn(x, h, p):
    return torch.tanh(suma(x, h, p))


def red(inputs, state, params):
    gru, rnn, salida = params
    h1, h2 = state
    todo = []
    for x in inputs:
        h1 = paso_gru(x, h1, gru)
        h2 = paso_rnn(h1, h2, rnn)
        todo.append(h2 @ salida[0] + salida[1])
    return torch.cat(todo), (h1, h2)
