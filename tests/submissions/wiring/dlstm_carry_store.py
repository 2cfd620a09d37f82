import torch

# state of the last mini-batch, so that sequential sampling continues where we stopped
_carry = {}


def get_dlstm_params(vocab_size, num_hiddens, num_layers, device):
    def new(*size):
        return torch.nn.Parameter(torch.randn(*size, device=device).mul(0.01))

    stack = []
    for depth in range(num_layers):
        d = num_hiddens if depth else vocab_size
        stack.append(dict(Wi=new(d, num_hiddens), Ui=new(num_hiddens, num_hiddens), bi=new(num_hiddens),
                          Wf=new(d, num_hiddens), Uf=new(num_hiddens, num_hiddens), bf=new(num_hiddens),
                          Wo=new(d, num_hiddens), Uo=new(num_hiddens, num_hiddens), bo=new(num_hiddens),
                          Wc=new(d, num_hiddens), Uc=new(num_hiddens, num_hiddens), bc=new(num_hiddens)))
    return stack, new(num_hiddens, vocab_size), new(vocab_size)


def begin_state(batch_size, num_hiddens, num_layers, device):
    zeros = torch.zeros(batch_size, num_hiddens, device=device)
    return tuple((zeros.clone(), zeros.clone()) for _ in range(num_layers))


def deep_lstm(inputs, state, params):
    stack, W_out, b_out = params
    key = (len(state), state[0][0].shape)
    state = _carry.get(key, state)
    state = list(state)
    ys = []
    for x in inputs:
        for k, p in enumerate(stack):
            h, c = state[k]
            i = torch.sigmoid(x @ p["Wi"] + h @ p["Ui"] + p["bi"])
            f = torch.sigmoid(x @ p["Wf"] + h @ p["Uf"] + p["bf"])
            o = torch.sigmoid(x @ p["Wo"] + h @ p["Uo"] + p["bo"])
            g = torch.tanh(x @ p["Wc"] + h @ p["Uc"] + p["bc"])
            c = f * c + i * g
            h = o * torch.tanh(c)
            state[k] = (h, c)
            x = h
        ys.append(x @ W_out + b_out)
    _carry[key] = [(h.detach(), c.detach()) for h, c in state]
    return torch.cat(ys), tuple(state)
