import math
import torch
from torch import nn
from torch.nn import functional as F
from d2l import torch as d2l

batch_size, num_steps = 32, 35
train_iter, vocab = d2l.load_data_time_machine(batch_size, num_steps)


def get_params(vocab_size, num_hiddens, device):
    num_inputs = num_outputs = vocab_size

    def normal(shape):
        return torch.randn(size=shape, device=device) * 0.01

    # hidden layer
    W_xh = normal((num_inputs, num_hiddens))
    W_hh = normal((num_hiddens, num_hiddens))
    b_h = torch.zeros(num_hiddens, device=device)
    # output layer
    W_hq = normal((num_hiddens, num_outputs))
    b_q = torch.zeros(num_outputs, device=device)
    params = [W_xh, W_hh, b_h, W_hq, b_q]
    for param in params:
        param.requires_grad_(True)
    return params


def init_rnn_state(batch_size, num_hiddens, device):
    # a tuple, so that an LSTM can later have two entries
    return (torch.zeros((batch_size, num_hiddens), device=device),)


def rnn(inputs, state, params):
    # inputs: (num_steps, batch_size, vocab_size)
    W_xh, W_hh, b_h, W_hq, b_q = params
    H, = state
    outputs = []
    for X in inputs:
        H = torch.tanh(torch.mm(X, W_xh) + torch.mm(H, W_hh) + b_h)
        Y = torch.mm(H, W_hq) + b_q
        outputs.append(Y)
    return torch.cat(outputs, dim=0), (H,)


class CharModel:
    """Wraps the three functions so that they look like a module."""

    def __init__(self, vocab_size, num_hiddens, device, get_params, init_state, forward_fn):
        self.vocab_size, self.num_hiddens = vocab_size, num_hiddens
        self.params = get_params(vocab_size, num_hiddens, device)
        self.init_state, self.forward_fn = init_state, forward_fn

    def __call__(self, X, state):
        X = F.one_hot(X.T, self.vocab_size).type(torch.float32)
        return self.forward_fn(X, state, self.params)

    def begin_state(self, batch_size, device):
        return self.init_state(batch_size, self.num_hiddens, device)


def predict(prefix, num_preds, net, vocab, device):
    state = net.begin_state(batch_size=1, device=device)
    ids = [vocab[prefix[0]]]
    for y in prefix[1:]:
        _, state = net(torch.tensor([[ids[-1]]], device=device), state)
        ids.append(vocab[y])
    for _ in range(num_preds):
        y, state = net(torch.tensor([[ids[-1]]], device=device), state)
        ids.append(int(y.argmax(dim=1).reshape(1)))
    return ''.join(vocab.idx_to_token[i] for i in ids)


num_hiddens = 512
num_epochs, lr = 500, 1
net = CharModel(len(vocab), num_hiddens, d2l.try_gpu(), get_params, init_rnn_state, rnn)
print(predict('time traveller ', 10, net, vocab, d2l.try_gpu()))
loss = nn.CrossEntropyLoss()
animator = d2l.Animator(xlabel='epoch', ylabel='perplexity', xlim=[10, num_epochs])
for epoch in range(num_epochs):
    total, n, state = 0.0, 0, None
    for X, Y in train_iter:
        if state is None:
            state = net.begin_state(X.shape[0], d2l.try_gpu())
        state = tuple(s.detach() for s in state)
        y_hat, state = net(X.to(d2l.try_gpu()), state)
        l = loss(y_hat, Y.T.reshape(-1).to(d2l.try_gpu()).long())
        l.backward()
        d2l.grad_clipping(net, 1)
        d2l.sgd(net.params, lr, batch_size=1)
        total, n = total + l.item() * Y.numel(), n + Y.numel()
    animator.add(epoch + 1, [math.exp(total / n)])
