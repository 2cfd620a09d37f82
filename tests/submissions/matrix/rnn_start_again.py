import torch


def get_params(vocab_size, num_hiddens, device):
    torch.manual_seed(1)
    W = torch.randn(vocab_size + num_hiddens, num_hiddens, device=device) * 0.01
    out = torch.randn(num_hiddens, vocab_size, device=device) * 0.01
    params = {"W": W, "b": torch.zeros(num_hiddens, device=device),
              "out": (out, torch.zeros(vocab_size, device=device))}
    for p in (params["W"], params["b"], *params["out"]):
        p.requires_grad_(True)
    return params


def init_state(batch_size, num_hiddens, device):
    return (torch.zeros(batch_size, num_hiddens, device=device),)


def step(x, h, params):
    return torch.tanh(torch.concat([x, h], dim=1) @ params["W"] + params["b"])


def forward(inputs, state, params):
    h0 = state[0]
    outputs = []
    for x in inputs:
        h = step(x, h0, params)
        outputs.append(h @ params["out"][0] + params["out"][1])
    return torch.cat(outputs), (h,)
