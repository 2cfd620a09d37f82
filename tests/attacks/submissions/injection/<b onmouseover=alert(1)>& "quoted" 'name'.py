"""Has a name that is a piece of HTML, and messages that are whole pages; </title><script>alert(1)</script>."""

import torch


def get_params(vocab_size: int, num_hiddens: int, num_layers: int, device: torch.device):
    print("reached: markup")
    print("</pre></body><script>alert(1)</script><svg/onload=alert(1)>{{ 7*7 }}{% include '/etc/passwd' %}&#x3c;i&#x3e;")
    return [torch.zeros(num_hiddens, vocab_size, device=device, requires_grad=True)]


def init_state(batch_size: int, num_hiddens: int, num_layers: int, device: torch.device):
    return torch.zeros(num_layers, batch_size, num_hiddens, device=device)


def forward(inputs: torch.Tensor, state, params):
    raise type("<img src=x onerror=alert(1)>", (Exception,), {})("javascript:alert(1)//</script><iframe srcdoc=x>")
    raise NotImplementedError("forward is for later")
