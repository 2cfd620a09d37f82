import inspect
import torch
from d2l import torch as d2l


class Merker:
    """From the book's utilities, copied so that the file stands alone."""

    def save_hyperparameters(self, ignore=[]):
        """Save function arguments into class attributes."""
        frame = inspect.currentframe().f_back
        _, _, _, lokale = inspect.getargvalues(frame)
        self.hparams = {k: v for k, v in lokale.items()
                        if k not in set(ignore + ['self']) and not k.startswith('_')}
        for k, v in self.hparams.items():
            setattr(self, k, v)


class Groessen(Merker):
    def __init__(self, v, h, std=0.1):
        self.save_hyperparameters()


class LSTMScratch(d2l.Module):
    """The class of the book beside the three functions."""

    def __init__(self, num_inputs, num_hiddens, sigma=0.01):
        super().__init__()
        self.save_hyperparameters()
        self.W_xi = torch.nn.Parameter(torch.randn(num_inputs, num_hiddens) * sigma)


@d2l.add_to_class(LSTMScratch)
def forward(self, inputs, H_C=None):
    return inputs @ self.W_xi


def get_lstm_params(vocab_size, num_hiddens, device):
    g = Groessen(vocab_size, num_hiddens)
    W = [torch.randn(g.v + g.h, g.h, device=device) * g.std for _ in range(4)]
    b = [torch.zeros(g.h, device=device) for _ in range(4)]
    out = [torch.randn(g.h, g.v, device=device) * g.std, torch.zeros(g.v, device=device)]
    return [p.requires_grad_() for p in (*W, *b, *out)]


def init_lstm_state(batch_size, num_hiddens, device):
    zero = lambda: d2l.zeros((batch_size, num_hiddens), device=device)
    return zero(), zero()


def lstm(inputs, state, params):
    W_i, W_f, W_o, W_c, b_i, b_f, b_o, b_c, W_hq, b_q = params
    H, C = state
    rows = []
    for X in inputs:
        XH = d2l.concat((X, H), 1)
        I, F, O = (d2l.sigmoid(XH @ W + b) for W, b in ((W_i, b_i), (W_f, b_f), (W_o, b_o)))
        C = F * C + I * d2l.tanh(XH @ W_c + b_c)
        H = O * d2l.tanh(C)
        rows.append(H @ W_hq + b_q)
    return d2l.concat(rows, dim=0), (H, C)
