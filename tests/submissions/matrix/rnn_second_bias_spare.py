import torch


def get_params(vocab_size, num_hiddens, device):
    def weight(m, n):
        return (torch.randn(m, n, device=device) * 0.01).requires_grad_()

    W_x = weight(vocab_size, num_hiddens)
    W_h = weight(num_hiddens, num_hiddens)
    b_x = torch.zeros(num_hiddens, device=device, requires_grad=True)
    b_h = torch.zeros(num_hiddens, device=device, requires_grad=True)
    W_y = weight(num_hiddens, vocab_size)
    b_y = torch.zeros(vocab_size, device=device, requires_grad=True)
    return {"W_x": W_x, "b_x": b_x, "W_h": W_h, "b_h": b_h, "W_y": W_y, "b_y": b_y}


def init_state(batch_size, num_hiddens, device):
    return [torch.zeros(batch_size, num_hiddens, device=device)]


def forward(inputs, state, params):
    h, = state
    logits = []
    from_input = inputs @ params["W_x"]
    for x in from_input:
        from_past = h @ params["W_h"] + params["b_h"]
        h = torch.tanh(x + from_past)
        logits.append(h @ params["W_y"] + params["b_y"])
    return torch.cat(logits), [h]
