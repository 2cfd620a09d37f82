"""One right deep tanh network in every form that its three functions may be handed in."""

from __future__ import annotations

import textwrap

PARAMS = """
make = lambda *shape: (0.1 * torch.randn(*shape, device=device)).requires_grad_()
weights, below = [], V
for _ in range(L):
    weights += [make(below, H), make(H, H), make(H)]
    below = H
return weights + [make(H, V), make(V)]
"""
STATE = """
return [torch.zeros(B, H, device=device) for _ in range(L)]
"""
RUN = """
*cells, last, bias = params
state, rows = list(state), []
for X in inputs:
    for layer in range(len(state)):
        W, U, b = cells[3 * layer : 3 * layer + 3]
        X = state[layer] = torch.tanh(X @ W + state[layer] @ U + b)
    rows.append(X @ last + bias)
return torch.cat(rows), tuple(state)
"""
HEAD = "import torch\nfrom functools import partial\nfrom types import SimpleNamespace\n"


def function(head: str, body: str, setting: str = "") -> str:
    """Write a function; `setting` gives the book's letters their values first."""
    inside = f"{setting}\n{body.strip()}" if setting else body.strip()
    return f"def {head}:\n{textwrap.indent(inside, '    ')}\n"


def plain(get_params: str, init_state: str, forward: str, *settings: str) -> str:
    """Write the three functions under these heads."""
    set_params, set_state, set_run = settings or ("", "", "")
    return HEAD + "\n".join(
        (
            function(get_params, PARAMS, set_params),
            function(init_state, STATE, set_state),
            function(forward, RUN, set_run),
        )
    )


def inside(first: str, text: str) -> str:
    """Put text into the body of a class or a function."""
    return f"{first}\n{textwrap.indent(text, '    ')}\n"


THREE = (
    function("one(V, H, L, device)", PARAMS)
    + function("two(B, H, L, device)", STATE)
    + function("three(inputs, state, params)", RUN)
)
METHODS = (
    function("get_params(self, V, H, L, device)", PARAMS)
    + function("init_state(self, B, H, L, device)", STATE)
    + function("forward(self, inputs, state, params)", RUN)
)
STATIC = "\n".join(
    "@staticmethod\n" + function(head, body)
    for head, body in (
        ("get_params(V, H, L, device)", PARAMS),
        ("init_state(B, H, L, device)", STATE),
        ("forward(inputs, state, params)", RUN),
    )
)
CALLED = "\n".join(
    inside(f"class {name}:", function(head, body))
    for name, head, body in (
        ("Weights", "__call__(self, V, H, L, device)", PARAMS),
        ("Zeros", "__call__(self, B, H, L, device)", STATE),
        ("Run", "__call__(self, inputs, state, params)", RUN),
    )
)
REGISTRY = """
def part(name):
    def put(function):
        PARTS[name] = function
        return function
    return put
"""
REGISTERED = "\n".join(
    f'@part("{role}")\n' + function(f"_({arguments})", body)
    for role, arguments, body in (
        ("params", "V, H, L, device", PARAMS),
        ("state", "B, H, L, device", STATE),
        ("forward", "inputs, state, params", RUN),
    )
)
#: Text, and how get_params, init_state and forward are reached in it.
FORMS: dict[str, tuple[str, tuple[str, str, str]]] = {
    "entries of a dictionary": (
        THREE + 'NET = {"get_params": one, "init_state": two, "forward": three}',
        ("NET['get_params']", "NET['init_state']", "NET['forward']"),
    ),
    "a tuple from a factory": (
        inside("def build():", THREE + "return one, two, three")
        + "get_params, init_state, forward = build()",
        ("get_params", "init_state", "forward"),
    ),
    "a dictionary from a factory": (
        inside("def build():", THREE + "return dict(get_params=one, init_state=two, forward=three)")
        + "net = build()",
        ("net['get_params']", "net['init_state']", "net['forward']"),
    ),
    "a namespace": (
        THREE + "rnn = SimpleNamespace(get_params=one, init_state=two, forward=three)",
        ("rnn.get_params", "rnn.init_state", "rnn.forward"),
    ),
    "objects that are called": (
        CALLED + "get_params, init_state = Weights(), Zeros()\nrnn = Run()",
        ("get_params", "init_state", "rnn"),
    ),
    "methods of an object": (
        inside("class Net:", METHODS) + "net = Net()",
        ("net.get_params", "net.init_state", "net.forward"),
    ),
    "bound methods": (
        inside("class Net:", METHODS)
        + "net = Net()\nget_params, rnn = net.get_params, net.forward\n"
        + "init_state = net.init_state\n",
        ("get_params", "init_state", "rnn"),
    ),
    "static methods": (
        inside("class Net:", STATIC),
        ("Net.get_params", "Net.init_state", "Net.forward"),
    ),
    "partials": (
        function("make(V, H, L, device, std)", PARAMS)
        + function("zero(B, H, L, device, fill)", STATE)
        + function("steps(squash, inputs, state, params)", RUN)
        + "get_params = partial(make, std=0.1)\n"
        + "init_state = partial(zero, fill=0)\n"
        + "forward = partial(steps, torch.tanh)\n",
        ("get_params", "init_state", "forward"),
    ),
    "what a decorator puts into a dictionary": (
        "PARTS = {}" + REGISTRY + REGISTERED,
        ("PARTS['params']", "PARTS['state']", "PARTS['forward']"),
    ),
}
#: Heads of the three functions, what sets the book's letters, and the call of each.
NAMES: dict[str, tuple[tuple[str, str, str], tuple[str, str, str]]] = {
    "letters": (
        ("get_params(v, h, n, d)", "init_state(b, h, n, d)", "forward(x, s, p)"),
        ("V, H, L, device = v, h, n, d", "B, H, L, device = b, h, n, d", "x s p"),
    ),
    "sizes of what comes in and goes out": (
        (
            "getparams(embedding_size, rnn_width, n_rnn_layers, out_classes)",
            "start(batch, rnn_width, n_rnn_layers)",
            "rnn_forward(seq, h, w)",
        ),
        (
            "V, H, L, device = out_classes, rnn_width, n_rnn_layers, 'cpu'",
            "B, H, L, device = batch, rnn_width, n_rnn_layers, 'cpu'",
            "seq h w",
        ),
    ),
    "German": (
        (
            "parameter_anlegen(wortschatz, einheiten, schichten, geraet)",
            "nullen(stapel, einheiten, schichten, geraet)",
            "durchlauf(eingabe, zustand, gewichte)",
        ),
        (
            "V, H, L, device = wortschatz, einheiten, schichten, geraet",
            "B, H, L, device = stapel, einheiten, schichten, geraet",
            "eingabe zustand gewichte",
        ),
    ),
    "another order": (
        (
            "init_weights(device, depth, hidden_dim, vocab)",
            "init_rnn(depth, hidden_dim, bs, device)",
            "run(theta, memory, tokens)",
        ),
        (
            "V, H, L = vocab, hidden_dim, depth",
            "B, H, L = bs, hidden_dim, depth",
            "tokens memory theta",
        ),
    ),
    "no usual name at all": (
        ("alpha(a, c, e, f)", "beta(g, c, e, f)", "gamma(f, g, j)"),
        ("V, H, L, device = a, c, e, f", "B, H, L, device = g, c, e, f", "f g j"),
    ),
}


def named(key: str) -> str:
    """Write the network under one of the sets of names."""
    heads, (params, state, run) = NAMES[key]
    names = ", ".join(run.split())
    return plain(*heads, params, state, f"inputs, state, params = {names}")
