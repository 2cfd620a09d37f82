"""Functions of one recurrent layer as a learner writes them, cell by cell."""

IMPORTS = "import torch\n\nscale = 0.01"
HELPER = """
def normal(*shape, device):
    return torch.randn(shape, device=device) * scale
"""
PARAMS = """
def get_params(vocab_size, num_hiddens, device):
    W_xh = normal(vocab_size, num_hiddens, device=device)
    W_hh = normal(num_hiddens, num_hiddens, device=device)
    b_h = torch.zeros(num_hiddens, device=device)
    W_hq = normal(num_hiddens, vocab_size, device=device)
    b_q = torch.zeros(vocab_size, device=device)
    params = [W_xh, W_hh, b_h, W_hq, b_q]
    for param in params:
        param.requires_grad_(True)
    return params
"""
STATE = """
def init_state(batch_size, num_hiddens, device):
    return (torch.zeros((batch_size, num_hiddens), device=device),)
"""
RIGHT = """
def forward(inputs, state, params):
    W_xh, W_hh, b_h, W_hq, b_q = params
    H, = state
    outputs = []
    for X in inputs:
        H = torch.tanh(X @ W_xh + H @ W_hh + b_h)
        outputs.append(H @ W_hq + b_q)
    return torch.cat(outputs), (H,)
"""
WRONG = RIGHT.replace("(H,)", "state")
MODULE = "\n".join((IMPORTS, HELPER, PARAMS, STATE, RIGHT))
