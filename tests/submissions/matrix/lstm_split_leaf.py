import torch


def get_params(vocab_size, num_hiddens, device):
    def gates(rows):
        big = torch.randn(rows, 4 * num_hiddens, device=device) * 0.01
        big.requires_grad_(True)
        return [big[:, k * num_hiddens:(k + 1) * num_hiddens] for k in range(4)]

    return {
        "W": gates(vocab_size),
        "U": gates(num_hiddens),
        "b": [torch.zeros(num_hiddens, device=device, requires_grad=True) for _ in range(4)],
        "out": [(torch.randn(num_hiddens, vocab_size, device=device) * 0.01).requires_grad_(True),
                torch.zeros(vocab_size, device=device, requires_grad=True)],
    }


def init_state(batch_size, num_hiddens, device):
    return [torch.zeros(batch_size, num_hiddens, device=device) for _ in range(2)]


def forward(inputs, state, params):
    h, c = state
    (Wi, Wf, Wo, Wc), (Ui, Uf, Uo, Uc), (bi, bf, bo, bc) = params["W"], params["U"], params["b"]
    V, d = params["out"]
    ys = []
    for x in inputs:
        i = torch.sigmoid(x @ Wi + h @ Ui + bi)
        f = torch.sigmoid(x @ Wf + h @ Uf + bf)
        o = torch.sigmoid(x @ Wo + h @ Uo + bo)
        c = f * c + i * torch.tanh(x @ Wc + h @ Uc + bc)
        h = o * torch.tanh(c)
        ys.append(h @ V + d)
    return torch.cat(ys), [h, c]
