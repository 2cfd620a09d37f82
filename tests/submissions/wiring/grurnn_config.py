import argparse
import torch


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("--vocab_size", type=int, default=28)
    parser.add_argument("--num_hiddens", type=int, default=128)
    parser.add_argument("--batch_size", type=int, default=32)
    parser.add_argument("--device", default="cpu")
    return parser.parse_args()


def get_params(args):
    V, H, dev = args.vocab_size, args.num_hiddens, args.device

    def w(*shape):
        return torch.nn.Parameter(0.01 * torch.randn(*shape, device=dev))

    gru = {"W": w(V, 3 * H), "U": w(H, 3 * H), "b": torch.nn.Parameter(torch.zeros(3 * H, device=dev))}
    rnn = {"W": w(H, H), "U": w(H, H), "b": torch.nn.Parameter(torch.zeros(H, device=dev))}
    out = {"W": w(H, V), "b": torch.nn.Parameter(torch.zeros(V, device=dev))}
    return {"gru": gru, "rnn": rnn, "out": out}


def init_state(batch_size, num_hiddens, device):
    return (torch.zeros(batch_size, num_hiddens, device=device),
            torch.zeros(batch_size, num_hiddens, device=device))


def gru_rnn(inputs, state, params):
    g, p, out = params["gru"], params["rnn"], params["out"]
    h1, h2 = state
    n = h1.size(1)
    ys = []
    for x in inputs:
        xw, hu = x @ g["W"] + g["b"], h1 @ g["U"][:, :2 * n]
        z = torch.sigmoid(xw[:, :n] + hu[:, :n])
        r = torch.sigmoid(xw[:, n:2 * n] + hu[:, n:])
        c = torch.tanh(xw[:, 2 * n:] + (r * h1) @ g["U"][:, 2 * n:])
        h1 = z * h1 + (1 - z) * c
        h2 = torch.tanh(h1 @ p["W"] + h2 @ p["U"] + p["b"])
        ys.append(h2 @ out["W"] + out["b"])
    return torch.cat(ys), (h1, h2)


if __name__ == "__main__":
    args = parse()
    params = get_params(args)
    state = init_state(args.batch_size, args.num_hiddens, args.device)
    y, state = gru_rnn(torch.rand(35, args.batch_size, args.vocab_size), state, params)
    print(y.shape)
