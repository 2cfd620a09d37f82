import torch
import string

letters = string.ascii_lowercase + " "

def init_weights_params(vocab_size, num_hiddens, device):
    U = torch.normal(0, 0.01, size=(vocab_size, num_hiddens), device=device)
    W = torch.normal(0, 0.01, size=(num_hiddens, num_hiddens), device=device)
    V = torch.normal(0, 0.01, size=(num_hiddens, vocab_size), device=device)
    b = torch.zeros(num_hiddens, device=device)
    c = torch.zeros(vocab_size, device=device)
    for p in (U, W, V, b, c):
        p.requires_grad_()
    return [U, W, V, b, c]

def init_state(batch_size, num_hiddens, device):
    return torch.zeros(batch_size, num_hiddens, device=device)

def rnn(inputs, state, params):
    U, W, V, b, c = params
    s = state
    os = []
    for x in inputs:
        # output layer
        o = s @ V + c
        # hidden layer
        s = torch.tanh(x @ U + s @ W + b)
        os.append(o)
    return torch.cat(os), s

def predict(prefix, n, params, num_hiddens):
    state = init_state(1, num_hiddens, "cpu")
    text = prefix
    for ch in prefix:
        x = torch.zeros(1, 1, len(letters)); x[0, 0, letters.index(ch)] = 1
        y, state = rnn(x, state, params)
    for _ in range(n):
        text += letters[int(y.argmax())]
    return text

print(predict("time ", 5, init_weights_params(27, 32, "cpu"), 32))
