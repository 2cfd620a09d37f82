import torch


def get_params(vocab_size, num_hiddens, num_layers, device):
    params = {"W": [], "U": [], "b": []}
    for k in range(num_layers):
        params["W"].append(torch.randn(num_hiddens if k > 0 else vocab_size, num_hiddens, device=device) * 0.01)
        params["U"].append(torch.randn(num_hiddens, num_hiddens, device=device) * 0.01)
        params["b"].append(torch.zeros(num_hiddens, device=device))
    params["O"] = torch.randn(num_hiddens, vocab_size, device=device) * 0.01
    params["o"] = torch.zeros(vocab_size, device=device)
    for value in params.values():
        for p in value if isinstance(value, list) else [value]:
            p.requires_grad_(True)
    return params


def init_state(batch_size, num_hiddens, num_layers, device):
    return [torch.zeros(batch_size, num_hiddens, device=device) for _ in range(num_layers)]


def forward(inputs, state, params):
    hs = list(state)
    outputs = []
    for x in inputs:
        x = hs[0] = torch.tanh(x @ params["W"][0] + hs[0] @ params["U"][0] + params["b"][0])
        for k in range(1, len(hs) - 1):
            x = hs[k] = torch.tanh(x @ params["W"][k] + hs[k] @ params["U"][k] + params["b"][k])
        outputs.append(x @ params["O"] + params["o"])
    return torch.cat(outputs), hs
