from d2l.torch import *

timer = Timer()
board = ProgressBoard(xlabel='step')
rnn = d2l.GRU(28, 32, 2)   # torch's, to compare with later; not mine


class Sizes(HyperParameters):
    def __init__(self, vocab_size, num_hiddens, num_layers, scale=0.05):
        num_hiddens = num_hiddens or 256
        self.save_hyperparameters(ignore=['num_layers'])
        self.below = [vocab_size] + [num_hiddens] * (num_layers - 1)


def get_params(vocab_size, num_hiddens, num_layers, device):
    s = Sizes(vocab_size, num_hiddens, num_layers)
    assert not hasattr(s, 'num_layers') and s.hparams['scale'] == 0.05
    params = []
    for n in s.below:
        for _ in range(3):
            params.append(randn(n, s.num_hiddens, device=device) * s.scale)
            params.append(randn(s.num_hiddens, s.num_hiddens, device=device) * s.scale)
            params.append(zeros(s.num_hiddens, device=device))
    params.append(randn(s.num_hiddens, s.vocab_size, device=device) * s.scale)
    params.append(zeros(s.vocab_size, device=device))
    for p in params:
        p.requires_grad_()
    return params


def init_gru_state(batch_size, num_hiddens, num_layers, device):
    return [zeros((batch_size, num_hiddens), device=device) for _ in range(num_layers)]


def gru(inputs, state, params):
    *cells, W_hq, b_q = params
    Hs, outputs = list(state), []
    for X in inputs:
        for i, H in enumerate(Hs):
            W_xz, W_hz, b_z, W_xr, W_hr, b_r, W_xh, W_hh, b_h = cells[9 * i:9 * i + 9]
            Z = sigmoid(matmul(X, W_xz) + matmul(H, W_hz) + b_z)
            R = sigmoid(matmul(X, W_xr) + matmul(H, W_hr) + b_r)
            H_tilde = tanh(matmul(X, W_xh) + matmul(R * H, W_hh) + b_h)
            X = Hs[i] = Z * H + (1 - Z) * H_tilde
        outputs.append(matmul(X, W_hq) + b_q)
    return concat(outputs, 0), Hs


@add_to_class(RNNLMScratch)
def forward(self, X, state=None):
    outputs, _ = self.rnn(self.one_hot(X), state)
    return self.output_layer(outputs)


class Text(TimeMachine):
    pass


data = Text(batch_size=32, num_steps=32)
trainer = Trainer(max_epochs=50, gradient_clip_val=1)
trainer.fit(RNNLM(rnn, vocab_size=28, lr=1), data)
print(timer.stop())
