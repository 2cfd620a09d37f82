import torch

# One dict for everything, keyed by what the tensor does.
GATES = ("update", "reset", "candidate")


def get_params(vocab_size, num_hiddens, device):
    p = {}
    for gate in GATES:
        p["x_" + gate] = torch.randn(vocab_size, num_hiddens, device=device) * 0.01
        p["h_" + gate] = torch.randn(num_hiddens, num_hiddens, device=device) * 0.01
        p["b_" + gate] = torch.zeros(num_hiddens, device=device)
    p["w_out"] = torch.randn(num_hiddens, vocab_size, device=device) * 0.01
    p["b_out"] = torch.zeros(vocab_size, device=device)
    for tensor in p.values():
        tensor.requires_grad_()
    return p


def init_state(batch_size, num_hiddens, device):
    return (torch.zeros(batch_size, num_hiddens, device=device),)


def forward(inputs, state, params):
    p = params
    (H,) = state
    ys = []
    for X in inputs:
        Z = torch.sigmoid(X @ p["x_update"] + H @ p["h_update"] + p["b_update"])
        R = torch.sigmoid(X @ p["x_reset"] + H @ p["h_reset"] + p["b_reset"])
        H_tilde = torch.tanh(X @ p["x_candidate"] + (R * H) @ p["h_candidate"] + p["b_candidate"])
        # Cho et al. / Wikipedia: z says how much of the NEW state is taken
        H = (1 - Z) * H + Z * H_tilde
        ys.append(H @ p["w_out"] + p["b_out"])
    return torch.cat(ys), (H,)
