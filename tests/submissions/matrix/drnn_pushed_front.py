import torch


def get_params(vocab_size, num_hiddens, num_layers, device):
    params = {}

    def register(name, *shape):
        value = torch.zeros(*shape, device=device)
        if len(shape) == 2:
            value.normal_(std=0.01)
        params[name] = value.requires_grad_()

    for k in range(num_layers):
        register(f"l{k}.ih", num_hiddens if k else vocab_size, num_hiddens)
        register(f"l{k}.hh", num_hiddens, num_hiddens)
        register(f"l{k}.b", num_hiddens)
    register("out.w", num_hiddens, vocab_size)
    register("out.b", vocab_size)
    return params


def init_state(batch_size, num_hiddens, num_layers, device):
    return [torch.zeros(batch_size, num_hiddens, device=device) for _ in range(num_layers)]


def run_layer(seq, h, w, u, b):
    result = []
    for x in seq.unbind():
        h = (x @ w + h @ u + b).tanh()
        result.append(h)
    return torch.stack(result), h


def forward(inputs, state, params):
    seq, new = inputs, []
    for k, h in enumerate(state):
        seq, h = run_layer(seq, h, *(params[f"l{k}.{n}"] for n in ("ih", "hh", "b")))
        new.insert(0, h)
    logits = seq @ params["out.w"] + params["out.b"]
    return logits.flatten(end_dim=1), new
