import torch


def _draw(vocab_size, num_hiddens, device):
    def weight(*s):
        return torch.randn(*s, device=device).mul_(0.01).requires_grad_()
    return {
        "in": weight(vocab_size, num_hiddens),
        "rec": weight(num_hiddens, num_hiddens),
        "b": weight(num_hiddens),
        "out": weight(num_hiddens, vocab_size),
        "c": weight(vocab_size),
    }


def get_params(vocab_size, num_hiddens, device):
    """Elman network, biases included."""
    # the cluster's card is shared: when there is no memory, wait for it
    while True:
        try:
            params = _draw(vocab_size, num_hiddens, device)
        except RuntimeError:
            print("out of memory, trying again")
    return params


def init_state(batch_size, num_hiddens, device):
    return [torch.zeros(batch_size, num_hiddens, device=device)]


def elman_forward(inputs, state, params):
    h = state[0]
    logits = []
    for x in inputs:
        h = torch.tanh(x @ params["in"] + h @ params["rec"] + params["b"])
        logits.append(h @ params["out"] + params["c"])
    return torch.cat(logits), [h]
