import torch


class LSTMParams:
    """Just holds the tensors: layer l has w_x[l], w_h[l], bias[l] (gates o, i, f, c)."""

    def __init__(self, vocab_size, hidden_dim, num_layers, device):
        self.w_x, self.w_h, self.bias = [], [], []
        for l in range(num_layers):
            rows = hidden_dim if l else vocab_size
            self.w_x.append(self._new(rows, 4 * hidden_dim, device))
            self.w_h.append(self._new(hidden_dim, 4 * hidden_dim, device))
            self.bias.append(torch.zeros(4 * hidden_dim, device=device, requires_grad=True))
        self.w_out = self._new(hidden_dim, vocab_size, device)
        self.b_out = torch.zeros(vocab_size, device=device, requires_grad=True)

    @staticmethod
    def _new(rows, cols, device):
        return (torch.randn(rows, cols, device=device) * 0.01).requires_grad_()

    def __len__(self):
        return len(self.w_x)


def get_params(vocab_size, hidden_dim, num_layers, device):
    return LSTMParams(vocab_size, hidden_dim, num_layers, device)


def init_hidden(batch_size, hidden_dim, num_layers, device):
    return [[torch.zeros(batch_size, hidden_dim, device=device) for _ in ('h', 'c')]
            for _ in range(num_layers)]


def lstm_cell(x, h, c, w_x, w_h, bias):
    o, i, f, g = torch.tensor_split(x @ w_x + h @ w_h + bias, 4, dim=1)
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c), c


def deep_lstm(inputs, state, params):
    p = params
    outputs = []
    for x in inputs:
        new_state = []
        for l in range(len(p)):
            h, c = lstm_cell(x, *state[l], p.w_x[l], p.w_h[l], p.bias[l])
            new_state.append([h, c])
            x = h
        state = new_state
        outputs.append(x @ p.w_out + p.b_out)
    return torch.cat(outputs, dim=0), state
