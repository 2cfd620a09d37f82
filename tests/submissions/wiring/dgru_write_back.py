import torch
from torch.nn import Parameter, ParameterList


def get_params(vocab_size, num_hiddens, num_layers, device):
    """ParameterList: per layer W_r U_r b_r W_z U_z b_z W_n U_n b_n, last two are the output."""
    plist = ParameterList()
    for l in range(num_layers):
        n = vocab_size if l == 0 else num_hiddens
        for gate in range(3):
            plist.append(Parameter(torch.randn(n, num_hiddens, device=device) * 0.01))
            plist.append(Parameter(torch.randn(num_hiddens, num_hiddens, device=device) * 0.01))
            plist.append(Parameter(torch.zeros(num_hiddens, device=device)))
    plist.append(Parameter(torch.randn(num_hiddens, vocab_size, device=device) * 0.01))
    plist.append(Parameter(torch.zeros(vocab_size, device=device)))
    return plist


def init_state(batch_size, num_hiddens, num_layers, device):
    return [torch.zeros(batch_size, num_hiddens, device=device) for _ in range(num_layers)]


def gru(inputs, state, params):
    hidden = [s.clone() for s in state]
    outputs = []
    for x in inputs:
        for l in range(len(hidden)):
            Wr, Ur, br, Wz, Uz, bz, Wn, Un, bn = list(params)[9 * l: 9 * l + 9]
            h = hidden[l]
            r = torch.sigmoid(x @ Wr + h @ Ur + br)
            z = torch.sigmoid(x @ Wz + h @ Uz + bz)
            n = torch.tanh(x @ Wn + (r * h) @ Un + bn)
            hidden[l] = x = (1 - z) * n + z * h
        outputs.append(x @ params[-2] + params[-1])
    # keep the buffers, only refresh what is in them
    for buffer, h in zip(state, hidden):
        buffer.copy_(h)
    return torch.cat(outputs), state
