import torch


def get_params(vocab_size, num_hiddens, device):
    gates = []
    for _ in range(3):
        gate = [torch.randn(vocab_size, num_hiddens, device=device) * 0.01,
                torch.randn(num_hiddens, num_hiddens, device=device) * 0.01,
                torch.zeros(num_hiddens, device=device)]
        gates.append(gate)
    gates.append([torch.randn(num_hiddens, vocab_size, device=device) * 0.01,
                  torch.zeros(vocab_size, device=device)])
    for gate in gates:
        for w in gate:
            w.requires_grad_()
    return gates


def init_state(batch_size, num_hiddens, device):
    return (torch.zeros(batch_size, num_hiddens, device=device),)


def forward(inputs, state, params):
    reset, update, cand, out = params
    H = state[0]

    def gate(X, H, p, act):
        return act(X.matmul(p[0]).add(H.matmul(p[1])).add(p[2]))

    Y = []
    for t in range(len(inputs)):
        X = inputs[min(t + 1, len(inputs) - 1)]
        R = gate(X, H, reset, torch.sigmoid)
        Z = gate(X, H, update, torch.sigmoid)
        N = gate(X, R * H, cand, torch.tanh)
        H = H + Z * (N - H)
        Y.append(H.matmul(out[0]).add(out[1]))
    return torch.cat(Y, 0), (H,)
