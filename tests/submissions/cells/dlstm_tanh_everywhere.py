# multi layer lstm, each layer = (Wx, Wh, bx, bh) like pytorch names them
import torch


def init_weight(*shape, device):
    return torch.normal(0, 0.01, shape, device=device).requires_grad_()


def init_bias(*shape, device):
    return torch.zeros(shape, device=device).requires_grad_()


def get_params(vocab_size, num_hiddens, n_layers, device):
    params = []
    for i in range(n_layers):
        input_size = vocab_size if i == 0 else num_hiddens
        params.append({
            'weight_ih': init_weight(4, input_size, num_hiddens, device=device),
            'weight_hh': init_weight(4, num_hiddens, num_hiddens, device=device),
            'bias_ih': init_bias(4, num_hiddens, device=device),
            'bias_hh': init_bias(4, num_hiddens, device=device),
        })
    params.append({'weight': init_weight(num_hiddens, vocab_size, device=device),
                   'bias': init_bias(vocab_size, device=device)})
    return params


def init_lstm_state(batch_size, num_hiddens, n_layers, device):
    h0 = torch.zeros(n_layers, batch_size, num_hiddens, device=device)
    c0 = torch.zeros(n_layers, batch_size, num_hiddens, device=device)
    return h0, c0


def lstm_cell(x, h, c, p):
    a = [x @ p['weight_ih'][k] + p['bias_ih'][k] + h @ p['weight_hh'][k] + p['bias_hh'][k]
         for k in range(4)]
    i = torch.sigmoid(a[0])
    f = torch.sigmoid(a[1])
    g = torch.tanh(a[2])
    o = torch.tanh(a[3])
    c = f * c + i * g
    return o * torch.tanh(c), c


def lstm(inputs, state, params):
    hs, cs = state[0].unbind(0), state[1].unbind(0)
    hs, cs = list(hs), list(cs)
    outputs = []
    for x in inputs:
        for i, p in enumerate(params[:-1]):
            hs[i], cs[i] = lstm_cell(x, hs[i], cs[i], p)
            x = hs[i]
        outputs.append(x @ params[-1]['weight'] + params[-1]['bias'])
    return torch.cat(outputs, dim=0), (torch.stack(hs), torch.stack(cs))
