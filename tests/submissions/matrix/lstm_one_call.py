import torch


def init_lstm_params(n_in, n_hid, device):
    """i, f, g, o — dalam urutan ini"""
    sizes = [(4 * n_hid, n_in), (4 * n_hid, n_hid), (4 * n_hid,), (n_in, n_hid), (n_in,)]
    return [torch.nn.Parameter(torch.randn(s, device=device) * (0.02 if len(s) == 2 else 0))
            for s in sizes]


def init_lstm_state(batch_size, n_hid, device):
    h = torch.zeros(batch_size, n_hid, device=device)
    c = torch.zeros(batch_size, n_hid, device=device)
    return h, c


def lstm(inputs, state, params):
    w, u, b, w_out, b_out = params
    h, c = (s.unsqueeze(0) for s in state)
    ys, h, c = torch.lstm(inputs, (h, c), [w, u, b, torch.zeros_like(b)],
                          has_biases=True, num_layers=1, dropout=0.0, train=True,
                          bidirectional=False, batch_first=False)
    logits = ys @ w_out.t() + b_out
    return logits.reshape(-1, logits.shape[-1]), (h.squeeze(0), c.squeeze(0))
