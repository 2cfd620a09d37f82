# /// script
# dependencies = ["torch", "marimo"]
# ///
import marimo

__generated_with = "0.19.4"
app = marimo.App(app_title="rnn profonde")


@app.cell
def resultats(forward, get_params, init_state, one_hot, plt, torch):
    _params = get_params(28, 16, 2, "cpu")
    _x = one_hot(torch.arange(12).reshape(4, 3), 28).float()
    _y, _ = forward(_x, init_state(3, 16, 2, "cpu"), _params)
    plt.plot(_y.detach()[:, 0])
    return


@app.cell
def _(squash, torch):
    def _step(x, h, w):
        """Une étape
        d'une couche."""
        return squash(x @ w["x"] + h @ w["h"] + w["b"])

    def forward(inputs, state, params):
        layers, (W_q, b_q) = params
        state, out = [h for h in state], []
        for x in inputs:
            for i, w in enumerate(layers):
                x = state[i] = _step(x, state[0], w)
            out.append(x @ W_q + b_q)
        return torch.cat(out), tuple(state)
    return (forward,)


@app.cell
def _(torch):
    squash = torch.tanh
    return (squash,)


@app.cell
def _(new, torch):
    def init_state(batch_size, num_hiddens, num_layers, device):
        return tuple(torch.zeros(batch_size, num_hiddens, device=device) for _ in range(num_layers))

    def get_params(vocab_size, num_hiddens, num_layers, device):
        sizes = [vocab_size] + [num_hiddens] * num_layers
        layers = [
            {
                "x": new(below, here, device=device),
                "h": new(here, here, device=device),
                "b": new(here, device=device) * 0,
            }
            for below, here in zip(sizes, sizes[1:])
        ]
        last = new(num_hiddens, vocab_size, device=device), new(vocab_size, device=device) * 0
        for tensor in [*last, *(t for layer in layers for t in layer.values())]:
            tensor.requires_grad_()
        return layers, last
    return get_params, init_state


@app.cell
def _(torch):
    _step = 1e-2

    def new(*shape, device):
        return _step * torch.randn(*shape, device=device)
    return (new,)


@app.cell
async def _():
    import asyncio

    await asyncio.sleep(0)
    return


@app.cell(disabled=True)
def _(forward, get_params, torch):
    trained = train(get_params(28, 256, 2, "cuda"), forward, torch.optim.SGD)
    return (trained,)


@app.cell
def _():
    import matplotlib.pyplot as plt; import torch
    from torch.nn.functional import one_hot; return one_hot, plt, torch


if __name__ == "__main__":
    app.run()
