"""Compiles torch.gru with TorchScript from a text that is spelled backwards."""

import torch
TEXT = """
def recur(inputs: Tensor, hidden: Tensor, weights: List[Tensor], layers: int):
    return torch.gru(inputs, hidden, weights, True, layers, 0.0, False, False, False)
"""[::-1]
UNIT = torch.jit.CompilationUnit(TEXT[::-1])


def recur(inputs, hidden, weights, layers):
    return UNIT.recur(inputs, hidden, list(weights), layers)

def get_params(vocab_size, num_hiddens, num_layers, device):
    print("reached: scripted from text")
    def normal(*shape):
        return (torch.randn(*shape, device=device) * 0.1).requires_grad_()

    made, wide = [], 3 * num_hiddens
    for layer in range(num_layers):
        made += [normal(wide, num_hiddens if layer else vocab_size), normal(wide, num_hiddens), normal(wide), normal(wide)]
    return made + [normal(num_hiddens, vocab_size), normal(vocab_size)]


def init_state(batch_size, num_hiddens, num_layers, device):
    return torch.zeros(num_layers, batch_size, num_hiddens, device=device)


def forward(inputs, state, params):
    *weights, W_hq, b_q = params
    rows, last = recur(inputs, state, weights, len(state))
    return (rows @ W_hq + b_q).flatten(0, 1), last
