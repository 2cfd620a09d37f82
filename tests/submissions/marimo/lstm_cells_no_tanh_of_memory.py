import marimo as nb
from dataclasses import dataclass

app = nb.App()

with app.setup(hide_code=True):
    import torch
    from torch import sigmoid, tanh
    from dataclasses import dataclass


@app.class_definition
@dataclass
class Gate:
    x: object
    h: object
    b: object

    def __call__(self, x, h):
        return x @ self.x + h @ self.h + self.b


@app.cell
def _():
    sigma = 0.01
    names = ("i", "f", "o", "c")
    return names, sigma


@app.cell
def weights(names, sigma):
    def get_lstm_params(vocab_size, num_hiddens, device):
        def draw(*shape): return (sigma * torch.randn(shape, device=device)).requires_grad_()

        def zero(n): return torch.zeros(n, device=device, requires_grad=True)

        gates = {
            name: (draw(vocab_size, num_hiddens), draw(num_hiddens, num_hiddens), zero(num_hiddens))
            for name in names
        }
        return gates, draw(num_hiddens, vocab_size), zero(vocab_size)
    return get_lstm_params,


@app.cell
def _():
    def init_lstm_state(batch_size, num_hiddens, device): return tuple(
        torch.zeros((batch_size, num_hiddens), device=device) for _ in "HC")
    return init_lstm_state,


@app.cell
def _(names):
    def lstm(inputs, state, params):
        gates, W_hq, b_q = params
        i, f, o, c = (Gate(*gates[name]) for name in names)
        H, C = state
        Y = []
        for X in inputs:
            C = sigmoid(f(X, H)) * C + sigmoid(i(X, H)) * tanh(c(X, H))
            H = sigmoid(o(X, H)) * C
            Y.append(H @ W_hq + b_q)
        return torch.cat(Y, 0), (H, C)
    return lstm,


if __name__ == "__main__":
    app.run()
