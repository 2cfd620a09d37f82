# Deep LSTM: state is ((H1, C1), (H2, C2), ...)
import torch


def get_lstm_params(vocab_size, num_hiddens, num_layers, device):
    def normal(shape):
        return torch.randn(size=shape, device=device) * 0.01

    def lstm_layer(n_inputs):
        W_xi, W_hi, b_i = normal((n_inputs, num_hiddens)), normal((num_hiddens, num_hiddens)), torch.zeros(num_hiddens, device=device)
        W_xf, W_hf, b_f = normal((n_inputs, num_hiddens)), normal((num_hiddens, num_hiddens)), torch.zeros(num_hiddens, device=device)
        W_xo, W_ho, b_o = normal((n_inputs, num_hiddens)), normal((num_hiddens, num_hiddens)), torch.zeros(num_hiddens, device=device)
        W_xc, W_hc, b_c = normal((n_inputs, num_hiddens)), normal((num_hiddens, num_hiddens)), torch.zeros(num_hiddens, device=device)
        return [W_xi, W_hi, b_i, W_xf, W_hf, b_f, W_xo, W_ho, b_o, W_xc, W_hc, b_c]

    params = [lstm_layer(vocab_size)]
    for _ in range(1, num_layers):
        params.append(lstm_layer(num_hiddens))
    params.append([normal((num_hiddens, vocab_size)), torch.zeros(vocab_size, device=device)])
    for group in params:
        for p in group:
            p.requires_grad_(True)
    return params


def init_lstm_state(batch_size, num_hiddens, num_layers, device):
    def zeros():
        return torch.zeros((batch_size, num_hiddens), device=device)
    return tuple((zeros(), zeros()) for _ in range(num_layers))


def lstm_layer_forward(inputs, state, layer_params):
    """Runs one layer over the sequence; returns all its hidden states."""
    W_xi, W_hi, b_i, W_xf, W_hf, b_f, W_xo, W_ho, b_o, W_xc, W_hc, b_c = layer_params
    H, C = state
    hiddens = []
    for X in inputs:
        I = torch.sigmoid(X @ W_xi + H @ W_hi + b_i)
        F = torch.sigmoid(X @ W_xf + H @ W_hf + b_f)
        O = torch.sigmoid(X @ W_xo + H @ W_ho + b_o)
        C_tilda = torch.tanh(X @ W_xc + H @ W_hc + b_c)
        C = F * C + I * C_tilda
        H = O * torch.tanh(C)
        hiddens.append(H)
    return hiddens, (H, C)


def lstm(inputs, state, params):
    *layers, (W_hq, b_q) = params
    hiddens, new_state = inputs, []
    for layer_params, layer_state in zip(layers, state):
        hiddens, layer_state = lstm_layer_forward(hiddens, layer_state, layer_params)
        new_state.append(layer_state)
    outputs = [H @ W_hq + b_q for H in hiddens]
    return torch.cat(outputs, dim=0), tuple(new_state)
