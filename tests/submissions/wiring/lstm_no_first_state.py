import torch
import torch.nn as nn
import torch.optim as optim

torch.manual_seed(1)


def create_params(vocab_size, num_hiddens, device):
    mk = lambda *s: nn.Parameter(torch.randn(*s, device=device) * 0.01)
    ps = [mk(vocab_size, num_hiddens) for _ in range(4)]
    ps += [mk(num_hiddens, num_hiddens) for _ in range(4)]
    ps += [mk(num_hiddens) for _ in range(4)]
    ps += [mk(num_hiddens, vocab_size), mk(vocab_size)]
    return ps


def lstm_forward(inputs, state, params):
    Wi, Wf, Wo, Wc, Ui, Uf, Uo, Uc, bi, bf, bo, bc, Wq, bq = params
    if state is None:
        # first call
        state = (inputs.new_zeros(inputs.shape[1], Ui.shape[0]),
                 inputs.new_zeros(inputs.shape[1], Ui.shape[0]))
    h, c = state
    outs = []
    for x in inputs:
        i = torch.sigmoid(x @ Wi + h @ Ui + bi)
        f = torch.sigmoid(x @ Wf + h @ Uf + bf)
        o = torch.sigmoid(x @ Wo + h @ Uo + bo)
        c = f * c + i * torch.tanh(x @ Wc + h @ Uc + bc)
        h = o * torch.tanh(c)
        outs.append(h @ Wq + bq)
    return torch.cat(outs), (h, c)


if __name__ == "__main__":
    params = create_params(20, 50, "cpu")
    optimizer = optim.Adam(params, lr=1e-3)
    x = torch.eye(20).unsqueeze(1)
    for step in range(100):
        logits, _ = lstm_forward(x[:-1], None, params)
        loss = nn.functional.cross_entropy(logits, torch.arange(1, 20))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    print(loss)
