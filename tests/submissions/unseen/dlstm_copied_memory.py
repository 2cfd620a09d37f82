import torch


def get_params(vocab_size, num_hiddens, num_layers, device):
    layers = []
    for k in range(num_layers):
        rows = (num_hiddens if k else vocab_size) + num_hiddens
        weight = torch.randn(rows, 4 * num_hiddens, device=device) * 0.03
        layers.append([weight.requires_grad_(), torch.zeros(4 * num_hiddens, device=device, requires_grad=True)])
    head = (torch.randn(num_hiddens, vocab_size, device=device) * 0.03).requires_grad_()
    return layers, head, torch.zeros(vocab_size, device=device, requires_grad=True)


def init_state(batch_size, num_hiddens, num_layers, device):
    blank = torch.zeros(num_layers, batch_size, num_hiddens, device=device)
    return blank, blank.clone()


def forward(inputs, state, params):
    layers, head, bias = params
    h, c = list(state[0]), list(state[1])
    c = [torch.zeros_like(one) + one for one in c]
    rows = []
    for x in inputs:
        for k, (weight, offset) in enumerate(layers):
            sums = torch.cat((x, h[k]), 1) @ weight + offset
            i, f, o, g = sums.chunk(4, 1)
            c[k] = f.sigmoid() * c[k] + i.sigmoid() * g.tanh()
            x = h[k] = o.sigmoid() * c[k].tanh()
        rows.append(x @ head + bias)
    return torch.cat(rows), (torch.stack(h), torch.stack(c))
