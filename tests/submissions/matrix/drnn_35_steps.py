import torch

NUM_STEPS = 35


def get_params(vocab_size, num_hiddens, device):
    def normal(rows, cols):
        return torch.normal(0, 0.01, (rows, cols), device=device)

    def zeros(n):
        return torch.zeros(n, device=device)

    params = [normal(vocab_size, num_hiddens), normal(num_hiddens, num_hiddens), zeros(num_hiddens),
              normal(num_hiddens, num_hiddens), normal(num_hiddens, num_hiddens), zeros(num_hiddens),
              normal(num_hiddens, vocab_size), zeros(vocab_size)]
    [p.requires_grad_(True) for p in params]
    return params


def init_state(batch_size, num_hiddens, device):
    return (torch.zeros(batch_size, num_hiddens, device=device),
            torch.zeros(batch_size, num_hiddens, device=device))


def deep_rnn(inputs, state, params):
    W1, U1, b1, W2, U2, b2, W_hq, b_q = params
    H1, H2 = state
    Y = []
    for t in range(NUM_STEPS):
        H1 = torch.tanh(inputs[t] @ W1 + H1 @ U1 + b1)
        H2 = torch.tanh(H1 @ W2 + H2 @ U2 + b2)
        Y.append(H2 @ W_hq + b_q)
    return torch.cat(Y, dim=0), (H1, H2)
