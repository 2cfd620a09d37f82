import torch

EPS = 1e-5


def get_params(vocab_size, num_hiddens, device):
    W = torch.randn(vocab_size + num_hiddens, num_hiddens, device=device) * 0.01
    b = torch.zeros(num_hiddens, device=device)
    W_out = torch.randn(num_hiddens, vocab_size, device=device) * 0.01
    b_out = torch.zeros(vocab_size, device=device)
    return [p.requires_grad_() for p in (W, b, W_out, b_out)]


def init_state(batch_size, num_hiddens, device):
    return [torch.zeros(batch_size, num_hiddens, device=device)]


def net(X, state, params):
    W, b, W_out, b_out = params
    h = state[0]
    preds = []
    for x in X:
        a = torch.cat([x, h], 1) @ W + b
        # keep the activations centred, otherwise tanh saturates
        a = a - a.mean(dim=0, keepdim=True)
        h = torch.tanh(a)
        preds.append(h @ W_out + b_out)
    return torch.cat(preds), [h]


if __name__ == "__main__":
    ps = get_params(5, 3, "cpu")
    print(net(torch.randn(4, 2, 5), init_state(2, 3, "cpu"), ps)[0])
