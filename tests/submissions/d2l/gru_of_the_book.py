import torch
from d2l.torch import GRU, Module, zeros


class Net(Module):
    def __init__(self, vocab_size, num_hiddens):
        super().__init__()
        self.save_hyperparameters()
        self.gru = GRU(vocab_size, num_hiddens, 1)
        self.out = torch.nn.Linear(num_hiddens, vocab_size)

    def forward(self, inputs, state):
        Y, H = self.gru(inputs, state[0][None])
        return self.out(Y).flatten(0, 1), [H[0]]


def get_params(vocab_size, num_hiddens, device):
    return Net(vocab_size, num_hiddens).to(device)


def init_state(batch_size, num_hiddens, device):
    return [zeros(batch_size, num_hiddens, device=device)]


def forward(inputs, state, params):
    return params(inputs, state)
