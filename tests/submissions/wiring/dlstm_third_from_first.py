import torch


class LSTMLayer:
    """Holds the weights of one layer, no nn.LSTM anywhere."""

    def __init__(self, n_in, n_out, device):
        k = 0.01
        self.kernel = (k * torch.randn(n_in, 4 * n_out, device=device)).requires_grad_()
        self.recurrent = (k * torch.randn(n_out, 4 * n_out, device=device)).requires_grad_()
        self.bias = torch.zeros(4 * n_out, device=device).requires_grad_()

    def tensors(self):
        return (self.kernel, self.recurrent, self.bias)


def get_params(vocab_size, num_hiddens, device):
    bottom = LSTMLayer(vocab_size, num_hiddens, device)
    middle = LSTMLayer(num_hiddens, num_hiddens, device)
    top = LSTMLayer(num_hiddens, num_hiddens, device)
    dense = (0.01 * torch.randn(num_hiddens, vocab_size, device=device)).requires_grad_()
    dense_bias = torch.zeros(vocab_size, device=device).requires_grad_()
    return {"bottom": bottom.tensors(), "middle": middle.tensors(), "top": top.tensors(),
            "dense": (dense, dense_bias)}


def init_state(batch_size, num_hiddens, device):
    return [[torch.zeros(batch_size, num_hiddens, device=device) for _ in range(2)] for _ in range(3)]


def cell(x, hc, weights):
    h, c = hc
    kernel, recurrent, bias = weights
    a = x @ kernel + h @ recurrent + bias
    n = h.shape[1]
    i, f, c_new, o = a[:, :n], a[:, n:2 * n], a[:, 2 * n:3 * n], a[:, 3 * n:]
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(c_new)
    return [torch.sigmoid(o) * torch.tanh(c), c]


def lstm3(inputs, state, params):
    s1, s2, s3 = state
    dense, dense_bias = params["dense"]
    outputs = []
    for x in inputs:
        s1 = cell(x, s1, params["bottom"])
        s2 = cell(s1[0], s2, params["middle"])
        s3 = cell(s1[0], s3, params["top"])
        outputs.append(s3[0] @ dense + dense_bias)
    return torch.vstack(outputs), [s1, s2, s3]
