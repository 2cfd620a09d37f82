import torch
import torch.nn as nn
import torch.nn.functional as F


def get_rnn_params_deep(vocab_size, num_hiddens, num_layers, device):
    """list of dicts, last dict is the output layer"""
    params = []
    for layer in range(num_layers):
        n = vocab_size if layer == 0 else num_hiddens
        params.append(dict(
            W_xh=nn.Parameter(torch.normal(0, 0.01, (n, num_hiddens), device=device)),
            W_hh=nn.Parameter(torch.normal(0, 0.01, (num_hiddens, num_hiddens), device=device)),
            b_h=nn.Parameter(torch.zeros(num_hiddens, device=device))))
    params.append(dict(
        W_hq=nn.Parameter(torch.normal(0, 0.01, (num_hiddens, vocab_size), device=device)),
        b_q=nn.Parameter(torch.zeros(vocab_size, device=device))))
    return params


def init_rnn_state_deep(batch_size, num_hiddens, num_layers, device):
    return [torch.zeros((batch_size, num_hiddens), device=device) for _ in range(num_layers)]


def first_layer(X, H, p):
    return torch.tanh(X @ p["W_xh"] + H @ p["W_hh"] + p["b_h"])


def hidden_layer(below, H, p):
    # input comes from the layer below instead of X
    return torch.tanh(below @ p["W_xh"] + H @ p["W_xh"] + p["b_h"])


def rnn_deep(inputs, state, params):
    state = list(state)
    outputs = []
    for X in inputs:
        state[0] = first_layer(X, state[0], params[0])
        for k in range(1, len(state)):
            state[k] = hidden_layer(state[k - 1], state[k], params[k])
        outputs.append(state[-1] @ params[-1]["W_hq"] + params[-1]["b_q"])
    return torch.cat(outputs, dim=0), state


def predict(prefix, num_preds, params, vocab, num_hiddens, num_layers, device):
    state = init_rnn_state_deep(1, num_hiddens, num_layers, device)
    out = [vocab[prefix[0]]]
    for t in range(num_preds + len(prefix) - 1):
        X = F.one_hot(torch.tensor([[out[-1]]], device=device), len(vocab)).float()
        Y, state = rnn_deep(X, state, params)
        out.append(vocab[prefix[t + 1]] if t + 1 < len(prefix) else int(Y.argmax()))
    return ''.join(vocab.idx_to_token[i] for i in out)
