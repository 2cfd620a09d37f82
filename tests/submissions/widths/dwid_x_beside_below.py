import torch

# L-layer RNN. hidden = [h1, ..., hL]

def get_rnn_params(vocab_size, hidden, device):
    def mat(r, c):
        return torch.randn((r, c), device=device) * 0.01
    params = []
    for l, h in enumerate(hidden):
        rows = vocab_size if l == 0 else vocab_size + hidden[l - 1]
        params.extend([mat(rows, h), mat(h, h), torch.zeros(h, device=device)])
    params.extend([mat(hidden[-1], vocab_size), torch.zeros(vocab_size, device=device)])
    for p in params:
        p.requires_grad_(True)
    return params

def init_rnn_state(batch_size, hidden, device):
    return tuple(torch.zeros((batch_size, h), device=device) for h in hidden)

def rnn(inputs, state, params):
    H = list(state)
    Y = []
    for X in inputs:
        A = X
        for l in range(len(H)):
            if l > 0:
                A = torch.cat((X, A), 1)
            H[l] = torch.tanh(A @ params[3 * l] + H[l] @ params[3 * l + 1] + params[3 * l + 2])
            A = H[l]
        Y.append(A @ params[-2] + params[-1])
    return torch.cat(Y, 0), tuple(H)
