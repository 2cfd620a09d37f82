import torch


def get_params(num_inputs, num_hiddens, num_outputs, device):
    """Two GRU layers. Parameters in the order in which I thought of them."""
    shapes = {
        'Wz1': (num_inputs, num_hiddens), 'Uz1': (num_hiddens, num_hiddens), 'bz1': (num_hiddens,),
        'Wr1': (num_inputs, num_hiddens), 'Ur1': (num_hiddens, num_hiddens), 'br1': (num_hiddens,),
        'Wh1': (num_inputs, num_hiddens), 'Uh1': (num_hiddens, num_hiddens), 'bh1': (num_hiddens,),
        'Wq': (num_hiddens, num_outputs), 'bq': (num_outputs,),
        'Wz2': (num_hiddens, num_hiddens), 'Uz2': (num_hiddens, num_hiddens), 'bz2': (num_hiddens,),
        'Wr2': (num_hiddens, num_hiddens), 'Ur2': (num_hiddens, num_hiddens), 'br2': (num_hiddens,),
        'Wh2': (num_hiddens, num_hiddens), 'Uh2': (num_hiddens, num_hiddens), 'bh2': (num_hiddens,),
    }
    params = []
    for name, shape in shapes.items():
        if name.startswith('b'):
            t = torch.zeros(shape, device=device)
        else:
            t = torch.randn(shape, device=device) * 0.01
        t.requires_grad_()
        params.append(t)
    return params


def init_gru_state(batch_size, num_hiddens, device):
    H1 = torch.zeros(batch_size, num_hiddens, device=device)
    H2 = torch.zeros(batch_size, num_hiddens, device=device)
    return (H1, H2)


def gru_step(X, H, Wz, Uz, bz, Wr, Ur, br, Wh, Uh, bh):
    Z = torch.sigmoid(X @ Wz + H @ Uz + bz)
    R = torch.sigmoid(X @ Wr + H @ Ur + br)
    # R is read the other way round here: 1 means forget, 0 means keep
    cand = torch.tanh(X @ Wh + ((1 - R) * H) @ Uh + bh)
    return Z * H + (1 - Z) * cand


def gru(inputs, state, params):
    first, (Wq, bq), second = params[:9], params[9:11], params[11:]
    H1, H2 = state
    outputs = []
    for X in inputs:
        H1 = gru_step(X, H1, *first)
        H2 = gru_step(H1, H2, *second)
        outputs.append(H2 @ Wq + bq)
    return torch.vstack(outputs), (H1, H2)


if __name__ == '__main__':
    dev = torch.device('cpu')
    p = get_params(10, 20, 10, dev)
    x = torch.nn.functional.one_hot(torch.randint(0, 10, (7, 3)), 10).float()
    y, s = gru(x, init_gru_state(3, 20, dev), p)
    print(y.shape, s[0].shape)
