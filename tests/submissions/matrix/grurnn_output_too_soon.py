import torch

# p[0:3] z, p[3:6] r, p[6:9] candidate, p[9:12] rnn, p[12:] output


def get_params(vocab_size, num_hiddens, device):
    p = []
    for n in [vocab_size, vocab_size, vocab_size, num_hiddens]:
        p.append(torch.randn(n, num_hiddens, device=device) * .01)
        p.append(torch.randn(num_hiddens, num_hiddens, device=device) * .01)
        p.append(torch.zeros(num_hiddens, device=device))
    p.append(torch.randn(num_hiddens, vocab_size, device=device) * .01)
    p.append(torch.zeros(vocab_size, device=device))
    for w in p:
        w.requires_grad_(True)
    return p


def init_state(batch_size, num_hiddens, device):
    return [torch.zeros(batch_size, num_hiddens, device=device), torch.zeros(batch_size, num_hiddens, device=device)]


def net(inputs, state, params):
    p = params
    a1, a2 = state
    output = []
    for x in inputs:
        z = torch.sigmoid(x @ p[0] + a1 @ p[1] + p[2])
        r = torch.sigmoid(x @ p[3] + a1 @ p[4] + p[5])
        c = torch.tanh(x @ p[6] + (r * a1) @ p[7] + p[8])
        a1 = z * a1 + (1 - z) * c
        output.append(a2 @ p[12] + p[13])
        a2 = torch.tanh(a1 @ p[9] + a2 @ p[10] + p[11])
    return torch.cat(output), [a1, a2]
