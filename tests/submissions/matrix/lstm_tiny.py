import torch


def dense(n_in, n_out, device):
    size = (n_in, n_out)
    weight = torch.normal(0, 1e-8, size, device=device)
    bias = torch.zeros(n_out, device=device)
    return [weight.requires_grad_(), bias.requires_grad_()]


def get_params(vocab_size, num_hiddens, device):
    params = {name: dense(vocab_size + num_hiddens, num_hiddens, device)
              for name in ("input", "forget", "output", "cell")}
    params["predict"] = dense(num_hiddens, vocab_size, device)
    return params


def init_state(batch_size, num_hiddens, device):
    zero = lambda: torch.zeros(batch_size, num_hiddens, device=device)
    return [zero(), zero()]


def forward(inputs, state, params):
    def apply(name, v):
        w, b = params[name]
        return v @ w + b

    h, c = state
    outputs = []
    for x in inputs:
        xh = torch.cat((x, h), dim=-1)
        new = torch.tanh(apply("cell", xh))
        c = torch.sigmoid(apply("forget", xh)) * c + torch.sigmoid(apply("input", xh)) * new
        h = torch.sigmoid(apply("output", xh)) * torch.tanh(c)
        outputs.append(apply("predict", h))
    return torch.cat(outputs, dim=0), [h, c]
