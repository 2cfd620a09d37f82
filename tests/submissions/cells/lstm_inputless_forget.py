import torch
import torch.nn.functional as F
from tqdm import tqdm


def get_lstm_params(vocab_size, num_hiddens, device):
    hid, voc = num_hiddens, vocab_size
    W = torch.randn
    # input gate
    w_ii = W(voc, hid, device=device) * 0.01
    w_hi = W(hid, hid, device=device) * 0.01
    b_i = torch.zeros(hid, device=device)
    # forget gate
    w_if = W(voc, hid, device=device) * 0.01
    w_hf = W(hid, hid, device=device) * 0.01
    b_f = torch.zeros(hid, device=device)
    # cell
    w_ig = W(voc, hid, device=device) * 0.01
    w_hg = W(hid, hid, device=device) * 0.01
    b_g = torch.zeros(hid, device=device)
    # output gate
    w_io = W(voc, hid, device=device) * 0.01
    w_ho = W(hid, hid, device=device) * 0.01
    b_o = torch.zeros(hid, device=device)
    # decoder
    w_out = W(hid, voc, device=device) * 0.01
    b_out = torch.zeros(voc, device=device)
    out = [[w_ii, w_hi, b_i], [w_if, w_hf, b_f], [w_ig, w_hg, b_g], [w_io, w_ho, b_o], [w_out, b_out]]
    for row in out:
        for tensor in row:
            tensor.requires_grad_()
    return out


def init_lstm_state(batch_size, num_hiddens, device):
    h = torch.zeros(batch_size, num_hiddens, device=device)
    return h, torch.zeros_like(h)


def lstm(inputs, state, params):
    h, c = state
    (w_ii, w_hi, b_i), (w_if, w_hf, b_f), (w_ig, w_hg, b_g), (w_io, w_ho, b_o), (w_out, b_out) = params
    out = []
    for t in range(len(inputs)):
        x = inputs[t]
        i = torch.sigmoid(x @ w_ii + h @ w_hi + b_i)
        f = torch.sigmoid(h @ w_hf + b_f)
        g = torch.tanh(x @ w_ig + h @ w_hg + b_g)
        o = torch.sigmoid(x @ w_io + h @ w_ho + b_o)
        c = c * f + g * i
        h = torch.tanh(c) * o
        out.append(h @ w_out + b_out)
    return torch.cat(out, dim=0), (h, c)


def train(params, batches, hidden, lr, epochs):
    flat = [t for row in params for t in row]
    opt = torch.optim.SGD(flat, lr=lr)
    for _ in tqdm(range(epochs)):
        state = None
        for X, Y in batches:
            if state is None:
                state = init_lstm_state(X.shape[1], hidden, X.device)
            logits, state = lstm(X, tuple(s.detach() for s in state), params)
            loss = F.cross_entropy(logits, Y.reshape(-1))
            opt.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(flat, 1.0)
            opt.step()
