# Simple RNN language model - each output is the distribution over the next character
import torch
import torch.nn.functional as F


def get_params(num_inputs, num_hiddens, device):
    W_xh = torch.normal(0, 0.01, (num_inputs, num_hiddens), device=device, requires_grad=True)
    W_hh = torch.normal(0, 0.01, (num_hiddens, num_hiddens), device=device, requires_grad=True)
    b_h = torch.zeros(num_hiddens, device=device, requires_grad=True)
    W_hq = torch.normal(0, 0.01, (num_hiddens, num_inputs), device=device, requires_grad=True)
    b_q = torch.zeros(num_inputs, device=device, requires_grad=True)
    return W_xh, W_hh, b_h, W_hq, b_q


def init_rnn_state(batch_size, num_hiddens, device):
    return torch.zeros((batch_size, num_hiddens), device=device),


def rnn(inputs, state, params):
    W_xh, W_hh, b_h, W_hq, b_q = params
    H, = state
    outputs = []
    for X in inputs:
        H = torch.tanh(X @ W_xh + H @ W_hh + b_h)
        Y = F.softmax(H @ W_hq + b_q, dim=1)
        outputs.append(Y)
    return torch.cat(outputs, 0), (H,)


def nll(probs, y):
    return -torch.log(probs[torch.arange(len(y)), y]).mean()


def demo():
    torch.manual_seed(0)
    params = get_params(28, 16, 'cpu')
    X = F.one_hot(torch.randint(0, 28, (5, 2)), 28).to(params[0].dtype)
    probs, state = rnn(X, init_rnn_state(2, 16, 'cpu'), params)
    print(probs.sum(1))  # all ones


if __name__ == '__main__':
    demo()
