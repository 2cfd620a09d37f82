# Long short-term memory. The names follow Colah's blog (f_t, i_t, o_t, C_t).
import torch


def get_lstm_params(vocab_size, num_hiddens, device):
    p = {}
    for name in ["f", "i", "C", "o"]:
        # W_f multiplies [h_{t-1}, x_t]
        p["W_" + name] = torch.randn(num_hiddens + vocab_size, num_hiddens, device=device)
        p["b_" + name] = torch.zeros(num_hiddens, device=device)
    p["W_y"] = torch.randn(num_hiddens, vocab_size, device=device)
    p["b_y"] = torch.zeros(vocab_size, device=device)
    for t in p.values():
        t.mul_(0.01).requires_grad_()
    return p


def init_lstm_state(batch_size, num_hiddens, device):
    return {"h": torch.zeros(batch_size, num_hiddens, device=device),
            "C": torch.zeros(batch_size, num_hiddens, device=device)}


def lstm(inputs, state, params):
    h_t, C_t = state["h"], state["C"]
    y = []
    for x_t in inputs:
        hx = torch.cat([h_t, x_t], dim=1)
        f_t = torch.sigmoid(hx @ params["W_f"] + params["b_f"])
        i_t = torch.sigmoid(hx @ params["W_i"] + params["b_i"])
        C_bar = torch.tanh(hx @ params["W_C"] + params["b_C"])
        C_t = C_t + i_t * C_bar
        o_t = torch.sigmoid(hx @ params["W_o"] + params["b_o"])
        h_t = o_t * torch.tanh(C_t)
        y.append(h_t @ params["W_y"] + params["b_y"])
    return torch.cat(y), {"h": h_t, "C": C_t}


class Trainer:
    def __init__(self, params, lr=1.0):
        self.params, self.lr = params, lr

    def step(self):
        with torch.no_grad():
            for p in self.params.values():
                p -= self.lr * p.grad
                p.grad.zero_()
