"""A right RNN of one layer in which a test puts something around the network, or beside it."""

_TEXT = """import torch
TOP


def hole_parameter(vocab_size, num_hiddens, device):
    BEGIN

    def gewicht(*form):
        return 0.01 * torch.randn(form, device=device)

    alle = {
        "ein": gewicht(vocab_size, num_hiddens),
        "rueck": gewicht(num_hiddens, num_hiddens),
        "schwelle": torch.zeros(num_hiddens, device=device),
        "aus": gewicht(num_hiddens, vocab_size),
        "rest": torch.zeros(vocab_size, device=device),
    }
    return {name: wert.requires_grad_() for name, wert in alle.items()}


get_params = hole_parameter


def init_state(batch_size, num_hiddens, device):
    return (torch.zeros(batch_size, num_hiddens, device=device),)


CELL


def forward(inputs, state, params):
    h, = state
    reihen = []
    for x in STEPS:
        h = NEXT
        reihen.append(h @ params["aus"] + params["rest"])
    return torch.cat(reihen), (h,)


END
"""
_CELL = """def zelle(x, h, ein, rueck, schwelle):
    return torch.tanh(x @ ein + h @ rueck + schwelle)"""
_PLAIN = {
    "TOP": "",
    "BEGIN": "pass",
    "CELL": _CELL,
    "STEPS": "inputs",
    "NEXT": 'zelle(x, h, params["ein"], params["rueck"], params["schwelle"])',
    "END": "",
}


def network(**parts: str) -> str:
    """The file's text with other parts: top, begin of get_params, cell, steps, next state, end."""
    text = _TEXT
    for name, part in {**_PLAIN, **{name.upper(): part for name, part in parts.items()}}.items():
        text = text.replace(name, part)
    return text


def line_of(text: str, part: str) -> int:
    """The line, from 1, of the only place where a text has this part."""
    (line,) = [number for number, line in enumerate(text.splitlines(), 1) if part in line]
    return line
