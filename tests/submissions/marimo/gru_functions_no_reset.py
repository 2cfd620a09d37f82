import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium")

with app.setup:
    import torch

    ANFANG = 0.01


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    # Aufgabe 2
    Eine GRU von Hand.
    """)
    return


@app.function
def gewicht(zeilen, spalten, device):
    return torch.randn(zeilen, spalten, device=device) * ANFANG


@app.function
def get_params(vocab_size, num_hiddens, device):
    params = []
    for _ in range(3):
        params.append(gewicht(vocab_size, num_hiddens, device))
        params.append(gewicht(num_hiddens, num_hiddens, device))
        params.append(torch.zeros(num_hiddens, device=device))
    params.append(gewicht(num_hiddens, vocab_size, device))
    params.append(torch.zeros(vocab_size, device=device))
    return [p.requires_grad_(True) for p in params]


@app.function
def init_gru_state(batch_size, num_hiddens, device):
    return (torch.zeros(batch_size, num_hiddens, device=device),)


@app.function(hide_code=True)
def gru(inputs, state, params):
    (
        W_xz, W_hz, b_z,
        W_xr, W_hr, b_r,
        W_xh, W_hh, b_h,
        W_hq, b_q,
    ) = params
    (H,) = state
    ausgaben = []
    for X in inputs:
        Z = torch.sigmoid(X @ W_xz + H @ W_hz + b_z)
        R = torch.sigmoid(X @ W_xr + H @ W_hr + b_r)
        kandidat = torch.tanh(X @ W_xh + H @ W_hh + b_h)
        H = Z * H + (1 - Z) * kandidat
        ausgaben.append(H @ W_hq + b_q)
    return torch.cat(ausgaben), (H,)


@app.cell
def _():
    import marimo as mo

    return (mo,)


if __name__ == "__main__":
    app.run()
