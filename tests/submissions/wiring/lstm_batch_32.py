"""LSTM, lab 6. Batches of 32, 35 steps."""
import torch


def get_lstm_params(num_inputs, num_hiddens, num_outputs, device):
    def gate():
        return [torch.normal(0, 0.01, (num_inputs, num_hiddens), device=device),
                torch.normal(0, 0.01, (num_hiddens, num_hiddens), device=device),
                torch.zeros(num_hiddens, device=device)]

    params = gate() + gate() + gate() + gate()
    params.append(torch.normal(0, 0.01, (num_hiddens, num_outputs), device=device))
    params.append(torch.zeros(num_outputs, device=device))
    for p in params:
        p.requires_grad_()
    return params


def init_lstm_state(batch_size, num_hiddens, device):
    state = torch.zeros(2, 32, num_hiddens, device=device)
    return state[0], state[1]


def lstm(inputs, state, params):
    Wxc, Whc, bc, Wxo, Who, bo, Wxf, Whf, bf, Wxi, Whi, bi, Whq, bq = params
    H, C = state
    result = []
    for step in range(inputs.size(0)):
        X = inputs[step]
        F = torch.sigmoid(X @ Wxf + H @ Whf + bf)
        I = torch.sigmoid(X @ Wxi + H @ Whi + bi)
        O = torch.sigmoid(X @ Wxo + H @ Who + bo)
        C = F * C + I * torch.tanh(X @ Wxc + H @ Whc + bc)
        H = O * C.tanh()
        result.append(H @ Whq + bq)
    return torch.cat(result, dim=0), (H, C)


if __name__ == "__main__":
    params = get_lstm_params(28, 100, 28, "cpu")
    Y, state = lstm(torch.rand(35, 32, 28), init_lstm_state(32, 100, "cpu"), params)
    assert Y.shape == (35 * 32, 28)
