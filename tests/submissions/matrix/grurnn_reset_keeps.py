import torch


def get_params(vocab_size, num_hiddens, device):
    def unit(n_in):
        ws = [torch.empty(n_in, num_hiddens, device=device), torch.empty(num_hiddens, num_hiddens, device=device)]
        for w in ws:
            torch.nn.init.normal_(w, std=0.01)
        return [w.requires_grad_() for w in ws] + [torch.zeros(num_hiddens, device=device, requires_grad=True)]

    params = {"r": unit(vocab_size), "z": unit(vocab_size), "n": unit(vocab_size), "s": unit(num_hiddens)}
    params["y"] = [torch.nn.init.normal_(torch.empty(num_hiddens, vocab_size, device=device), std=0.01).requires_grad_(),
                   torch.zeros(vocab_size, device=device, requires_grad=True)]
    return params


def init_state(batch_size, num_hiddens, device):
    return (torch.zeros(batch_size, num_hiddens, device=device), torch.zeros(batch_size, num_hiddens, device=device))


def forward(inputs, state, params):
    h, s = state
    lin = lambda key, x, h: x @ params[key][0] + h @ params[key][1] + params[key][2]
    logits = []
    for x in inputs:
        r = torch.sigmoid(lin("r", x, h))
        z = torch.sigmoid(lin("z", x, h))
        n = torch.tanh(lin("n", x, r * h))
        h = (1 - r) * h + z * n
        s = torch.tanh(lin("s", h, s))
        logits.append(s @ params["y"][0] + params["y"][1])
    return torch.cat(logits), (h, s)
