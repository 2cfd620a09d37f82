# LSTM from scratch. peephole version is for the bonus question, TODO
import torch
from d2l import torch as d2l

DEBUG = False


def get_params(vocab_size, num_hiddens, device):
    def normal(shape):
        return torch.randn(size=shape, device=device) * 0.01

    def gate():
        return [normal((vocab_size, num_hiddens)),
                normal((num_hiddens, num_hiddens)),
                torch.zeros(num_hiddens, device=device)]

    params = gate() + gate() + gate() + gate()       # i f o c
    params += [normal((num_hiddens,)), normal((num_hiddens,)), normal((num_hiddens,))]   # peepholes
    params += [normal((num_hiddens, vocab_size)), torch.zeros(vocab_size, device=device)]
    for param in params:
        param.requires_grad_(True)
    return params


def init_lstm_state(batch_size, num_hiddens, device):
    return (torch.zeros((batch_size, num_hiddens), device=device),
            torch.zeros((batch_size, num_hiddens), device=device))


def lstm(inputs, state, params):
    [W_xi, W_hi, b_i, W_xf, W_hf, b_f, W_xo, W_ho, b_o, W_xc, W_hc, b_c,
     p_i, p_f, p_o, W_hq, b_q] = params
    (H, C) = state
    outputs = []
    for X in inputs:
        I = torch.sigmoid((X @ W_xi) + (H @ W_hi) + b_i)
        F = torch.sigmoid((X @ W_xf) + (H @ W_hf) + b_f)
        O = torch.sigmoid((X @ W_xo) + (H @ W_ho) + b_o)
        C_tilda = torch.tanh((X @ W_xc) + (H @ W_hc) + b_c)
        C = F * C + I * C_tilda
        H = O * torch.tanh(C)
        if DEBUG:
            print(I.mean(), F.mean(), O.mean())
        outputs.append((H @ W_hq) + b_q)
    return torch.cat(outputs, dim=0), (H, C)


def main():
    train_iter, vocab = d2l.load_data_time_machine(32, 35)
    device = d2l.try_gpu()
    model = d2l.RNNModelScratch(len(vocab), 256, device, get_params, init_lstm_state, lstm)
    d2l.train_ch8(model, train_iter, vocab, 1, 500, device)


if __name__ == '__main__':
    main()
