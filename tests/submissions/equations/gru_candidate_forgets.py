import torch


def get_params(vocab_size, num_hiddens, device):
    W = [torch.randn(vocab_size, num_hiddens, device=device) * 0.01 for _ in range(3)]
    U = [torch.randn(num_hiddens, num_hiddens, device=device) * 0.01 for _ in range(3)]
    b = [torch.zeros(num_hiddens, device=device) for _ in range(3)]
    out = [torch.randn(num_hiddens, vocab_size, device=device) * 0.01, torch.zeros(vocab_size, device=device)]
    for t in W + U + b + out:
        t.requires_grad_()
    return W, U, b, out


def init_state(batch_size, num_hiddens, device):
    return (torch.zeros(batch_size, num_hiddens, device=device), )


def gru(inputs, state, params):
    (Wu, Wr, Wc), (Uu, Ur, Uc), (bu, br, bc), (V, c) = params
    h = state[0]
    logits = []
    for x in inputs:
        u = torch.sigmoid(x @ Wu + h @ Uu + bu)
        cand = torch.tanh(x @ Wc + bc)
        h = u * h + (1 - u) * cand
        logits.append(h @ V + c)
    return torch.cat(logits), (h, )
