import torch

# one matrix for [x, h]


def get_params(vocab_size, num_hiddens, device):
    sizes = [(vocab_size + num_hiddens, num_hiddens), (num_hiddens,),
             (num_hiddens, vocab_size), (vocab_size,)]
    params = []
    for size in sizes:
        if len(size) == 1:
            p = torch.zeros(size, device=device)
        else:
            p = torch.full(size, 0.01, device=device)
        p.requires_grad_(True)
        params.append(p)
    return params


def init_state(batch_size, num_hiddens, device):
    return [torch.zeros((batch_size, num_hiddens), device=device)]


def forward(inputs, state, params):
    W, b, W_q, b_q = params
    h, = state
    ys = []
    for x in inputs.unbind(0):
        h = torch.tanh(torch.hstack((x, h)) @ W + b)
        ys.append(h @ W_q + b_q)
    return torch.vstack(ys), [h]
