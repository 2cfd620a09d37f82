import torch

# Каждый слой: одна матрица для [x, h, 1], последняя строка - смещение.

def create_params(vocab_size, units, device):
    def matrix(rows, cols):
        m = torch.zeros(rows + 1, cols, device=device)
        m[:rows].normal_(0, 0.01)
        return m.requires_grad_()
    sizes = [vocab_size] + list(units)
    stack = [matrix(sizes[i] + sizes[i + 1], sizes[i + 1]) for i in range(len(units))]
    stack.append(matrix(sizes[-1], vocab_size))
    return stack

def create_state(batch_size, units, device):
    return [torch.zeros(batch_size, u, device=device) for u in units]

def with_one(*parts):
    return torch.cat([*parts, torch.ones_like(parts[0][:, :1])], dim=1)

def run_rnn(inputs, state, params):
    h = list(state)
    top = params[-1]
    y = torch.zeros(inputs.shape[0], inputs.shape[1], top.shape[1], device=inputs.device, dtype=inputs.dtype)
    for t, x in enumerate(inputs):
        for i in range(len(h)):
            h[i] = x = with_one(x, h[i]).mm(params[i]).tanh()
        y[t] = with_one(x).mm(top)
    return y.view(-1, top.shape[1]), h
