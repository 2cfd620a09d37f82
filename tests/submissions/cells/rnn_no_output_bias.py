# char-rnn after Karpathy's min-char-rnn, rewritten for torch
import torch


def get_params(vocab_size, hidden_size, device=None):
    Wxh = torch.randn(hidden_size, vocab_size, device=device) * 0.01  # input to hidden
    Whh = torch.randn(hidden_size, hidden_size, device=device) * 0.01  # hidden to hidden
    Why = torch.randn(vocab_size, hidden_size, device=device) * 0.01  # hidden to output
    bh = torch.zeros(1, hidden_size, device=device)  # hidden bias
    weights = dict(Wxh=Wxh, Whh=Whh, Why=Why, bh=bh)
    for w in weights.values():
        w.requires_grad_()
    return weights


def init_hidden_state(batch_size, hidden_size, device=None):
    return torch.zeros(batch_size, hidden_size, device=device)


def rnn_forward(inputs, hprev, params):
    Wxh, Whh, Why, bh = params["Wxh"], params["Whh"], params["Why"], params["bh"]
    h = hprev
    ys = []
    for t in range(len(inputs)):
        h = torch.tanh(inputs[t] @ Wxh.t() + h @ Whh.t() + bh)
        ys.append(h @ Why.t())  # unnormalized log probabilities for next chars
    return torch.cat(ys, 0), h


# data I/O
data = open('input.txt', 'r').read()
chars = sorted(set(data))
data_size, vocab_size = len(data), len(chars)
print('data has %d characters, %d unique.' % (data_size, vocab_size))
char_to_ix = {ch: i for i, ch in enumerate(chars)}

hidden_size, seq_length, learning_rate = 100, 25, 1e-1
params = get_params(vocab_size, hidden_size)
opt = torch.optim.Adagrad(params.values(), lr=learning_rate)
n, p = 0, 0
while n < 20000:
    if p + seq_length + 1 >= len(data) or n == 0:
        hprev = init_hidden_state(1, hidden_size)
        p = 0
    ix = torch.tensor([char_to_ix[ch] for ch in data[p:p + seq_length]])
    target = torch.tensor([char_to_ix[ch] for ch in data[p + 1:p + seq_length + 1]])
    x = torch.nn.functional.one_hot(ix, vocab_size).float().unsqueeze(1)
    y, hprev = rnn_forward(x, hprev.detach(), params)
    loss = torch.nn.functional.cross_entropy(y, target)
    opt.zero_grad(); loss.backward(); opt.step()
    if n % 100 == 0:
        print('iter %d, loss: %f' % (n, loss.item()))
    p += seq_length
    n += 1
