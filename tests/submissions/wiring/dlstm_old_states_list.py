from typing import List, Tuple
import torch

State = List[Tuple[torch.Tensor, torch.Tensor]]


def get_params(vocab_size: int, num_hiddens: int, num_layers: int, device: torch.device) -> dict:
    params = {}
    sizes = [vocab_size] + num_layers * [num_hiddens]
    for layer, (n, m) in enumerate(zip(sizes[:-1], sizes[1:])):
        for gate in "fico":
            params[f"W{layer}{gate}"] = torch.randn(n + m, m, device=device) * 0.01
            params[f"b{layer}{gate}"] = torch.zeros(m, device=device)
    params["W_out"] = torch.randn(num_hiddens, vocab_size, device=device) * 0.01
    params["b_out"] = torch.zeros(vocab_size, device=device)
    for value in params.values():
        value.requires_grad_(True)
    return params


def init_state(batch_size: int, num_hiddens: int, num_layers: int, device: torch.device) -> State:
    return [
        (torch.zeros(batch_size, num_hiddens, device=device),
         torch.zeros(batch_size, num_hiddens, device=device))
        for _ in range(num_layers)
    ]


def lstm_cell(x, h, c, layer, params):
    xh = torch.cat([x, h], dim=1)
    pre = {gate: xh @ params[f"W{layer}{gate}"] + params[f"b{layer}{gate}"] for gate in "fico"}
    c = pre["f"].sigmoid() * c + pre["i"].sigmoid() * pre["c"].tanh()
    return pre["o"].sigmoid() * c.tanh(), c


def forward(inputs: torch.Tensor, state: State, params: dict):
    outputs = []
    for x in inputs:
        below = [x] + [h for h, _ in state[:-1]]
        state = [lstm_cell(b, h, c, layer, params)
                 for layer, (b, (h, c)) in enumerate(zip(below, state))]
        outputs.append(state[-1][0] @ params["W_out"] + params["b_out"])
    return torch.cat(outputs), state
