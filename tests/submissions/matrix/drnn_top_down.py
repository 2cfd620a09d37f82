import torch


def get_params(vocab_size, num_hiddens, num_layers, device):
    make = lambda *s: (torch.randn(*s, device=device) * 0.01).requires_grad_(True)
    zero = lambda *s: torch.zeros(*s, device=device).requires_grad_(True)
    return {
        "W_ih": [make(vocab_size if i == 0 else num_hiddens, num_hiddens) for i in range(num_layers)],
        "W_hh": [make(num_hiddens, num_hiddens) for i in range(num_layers)],
        "b": [zero(num_hiddens) for i in range(num_layers)],
        "W_ho": make(num_hiddens, vocab_size),
        "b_o": zero(vocab_size),
    }


def init_state(batch_size, num_hiddens, num_layers, device):
    return [torch.zeros(batch_size, num_hiddens, device=device) for i in range(num_layers)]


def forward(inputs, state, params):
    H = list(state)
    outputs = []
    for X in inputs:
        # the top layer first, so that nothing is overwritten too early
        for i in reversed(range(len(H))):
            below = X if i == 0 else H[i - 1]
            H[i] = torch.tanh(below @ params["W_ih"][i] + H[i] @ params["W_hh"][i] + params["b"][i])
        outputs.append(H[-1] @ params["W_ho"] + params["b_o"])
    return torch.cat(outputs), H
