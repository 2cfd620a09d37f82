import torch


def get_rnn_params(vocab_size, num_hiddens, device):
    def rand(*dims):
        return torch.randn(*dims, device=device) * 10

    hidden = [rand(vocab_size, num_hiddens), rand(num_hiddens, num_hiddens),
              torch.zeros(num_hiddens, device=device)]
    output = [rand(num_hiddens, vocab_size), torch.zeros(vocab_size, device=device)]
    for p in hidden + output:
        p.requires_grad_(True)
    return hidden, output


def init_rnn_state(batch_size, num_hiddens, device):
    return torch.zeros(batch_size, num_hiddens, device=device)


def rnn(inputs, state, params):
    (W_xh, W_hh, b_h), (W_hq, b_q) = params
    H = [state]
    for X in inputs:
        H.append(torch.tanh(X @ W_xh + H[-1] @ W_hh + b_h))
    return torch.cat([h @ W_hq + b_q for h in H[1:]]), H[-1]
