#!/usr/bin/env python3
"""Mixed stack: GRU at the bottom, plain RNN on top.  Run it to train on a text file."""
import argparse
import torch
from torch.nn import functional as F


def get_params(vocab_size, n_hid, device):
    g = lambda *s: torch.randn(*s, device=device).mul(0.01).requires_grad_()
    z = lambda *s: torch.zeros(*s, device=device).requires_grad_()
    return {
        "out": {"W": g(n_hid, vocab_size), "b": z(vocab_size)},
        "rnn": {"W": g(n_hid, n_hid), "U": g(n_hid, n_hid), "b": z(n_hid)},
        "gru": {
            "r": {"W": g(vocab_size, n_hid), "U": g(n_hid, n_hid), "b": z(n_hid)},
            "u": {"W": g(vocab_size, n_hid), "U": g(n_hid, n_hid), "b": z(n_hid)},
            "c": {"W": g(vocab_size, n_hid), "U": g(n_hid, n_hid), "b": z(n_hid)},
        },
    }


def init_state(batch_size, n_hid, device):
    return {"gru": torch.zeros(batch_size, n_hid, device=device),
            "rnn": torch.zeros(batch_size, n_hid, device=device)}


def net(X, state, params):
    gru, rnn, out = params["gru"], params["rnn"], params["out"]
    h, k = state["gru"], state["rnn"]
    ks = []
    for x in X.float():
        r = torch.sigmoid(x @ gru["r"]["W"] + h @ gru["r"]["U"] + gru["r"]["b"])
        u = torch.sigmoid(x @ gru["u"]["W"] + h @ gru["u"]["U"] + gru["u"]["b"])
        c = torch.tanh(x @ gru["c"]["W"] + (r * h) @ gru["c"]["U"] + gru["c"]["b"])
        h = (1 - u) * h + u * c
        k = torch.tanh(h @ rnn["W"] + k @ rnn["U"] + rnn["b"])
        ks.append(k)
    Y = torch.stack(ks) @ out["W"] + out["b"]
    return Y.view(-1, Y.size(-1)), {"gru": h, "rnn": k}


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("text")
    ap.add_argument("--hidden", type=int, default=128)
    args = ap.parse_args()
    data = open(args.text).read()
    vocab = sorted(set(data))
    ids = torch.tensor([vocab.index(c) for c in data])
    params = get_params(len(vocab), args.hidden, "cpu")
    flat = [params["out"][k] for k in "Wb"] + [params["rnn"][k] for k in "WUb"]
    flat += [params["gru"][g][k] for g in "ruc" for k in "WUb"]
    opt = torch.optim.RMSprop(flat, lr=1e-3)
    for i in range(0, len(ids) - 33, 32):
        x = F.one_hot(ids[i:i + 32], len(vocab)).unsqueeze(1)
        y, _ = net(x, init_state(1, args.hidden, "cpu"), params)
        loss = F.cross_entropy(y, ids[i + 1:i + 33])
        opt.zero_grad()
        loss.backward()
        opt.step()
        print(f"{i:7d} {loss.item():.3f}")


if __name__ == "__main__":
    main()
