import torch
from torch import nn
from torch.func import functional_call


def _modules(vocab_size, num_hiddens, num_layers, device=None):
    gru = nn.GRU(vocab_size, num_hiddens, num_layers, device=device)
    linear = nn.Linear(num_hiddens, vocab_size, device=device)
    return gru, linear


def get_params(vocab_size, num_hiddens, num_layers, device):
    gru, linear = _modules(vocab_size, num_hiddens, num_layers, device)
    for p in list(gru.parameters()) + list(linear.parameters()):
        nn.init.normal_(p, std=0.01) if p.dim() > 1 else nn.init.zeros_(p)
    return {"gru": dict(gru.named_parameters()), "linear": dict(linear.named_parameters())}


def init_state(batch_size, num_hiddens, num_layers, device):
    return torch.zeros(num_layers, batch_size, num_hiddens, device=device)


def forward(inputs, state, params):
    num_layers, _, num_hiddens = state.shape
    gru, linear = _modules(inputs.shape[-1], num_hiddens, num_layers, inputs.device)
    hs, state = functional_call(gru, params["gru"], (inputs, state))
    outputs = functional_call(linear, params["linear"], (hs,))
    return outputs.reshape(-1, outputs.shape[-1]), state
