import torch


def get_params(vocab_size, num_hiddens, device):
    params = torch.nn.ParameterList()
    for n_in in (vocab_size, vocab_size, vocab_size, num_hiddens):
        params.append(torch.randn(n_in, num_hiddens, device=device) * 0.01)
        params.append(torch.randn(num_hiddens, num_hiddens, device=device) * 0.01)
        params.append(torch.zeros(num_hiddens, device=device))
    params.append(torch.randn(num_hiddens, vocab_size, device=device) * 0.01)
    params.append(torch.zeros(vocab_size, device=device))
    return list(params)


def init_state(batch_size, num_hiddens, device):
    return torch.zeros(2, batch_size, num_hiddens, device=device)


def gru_layer(xs, h, p):
    hs = []
    for x in xs:
        r = torch.sigmoid(x @ p[0] + h @ p[1] + p[2])
        z = torch.sigmoid(x @ p[3] + h @ p[4] + p[5])
        n = torch.tanh(x @ p[6] + (r * h) @ p[7] + p[8])
        h = z * h + (1 - z) * n
        hs.append(h)
    return hs, h


def rnn_layer(xs, h, p):
    hs = []
    for x in xs:
        h = torch.tanh(x @ p[0] + h @ p[1] + p[2])
        hs.append(h)
    return hs, h


def forward(inputs, state, params):
    hs1, h1 = gru_layer(inputs, state[0], params[:9])
    # 两层分开计算
    hs1 = torch.stack(hs1).detach()
    hs2, h2 = rnn_layer(hs1, state[1], params[9:12])
    return torch.cat(hs2) @ params[12] + params[13], torch.stack([h1, h2])
