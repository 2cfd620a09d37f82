import torch
class GRU:
    @staticmethod
    def get_params(vocab_size, num_hiddens, device):
        w = lambda *s: torch.randn(s, device=device).mul_(.01).requires_grad_()
        return [w(vocab_size + num_hiddens, num_hiddens) for _ in range(3)], [w(num_hiddens) for _ in range(3)], w(num_hiddens, vocab_size), w(vocab_size)
    @staticmethod
    def init_state(batch_size, num_hiddens, device):
        return torch.zeros(batch_size, num_hiddens, device=device),
    @staticmethod
    def forward(inputs, state, params):
        W, b, V, c = params
        h = state[0]; ys = []
        for x in inputs:
            xh = torch.cat([x, h], 1)
            z, r = torch.sigmoid(xh @ W[0] + b[0]), torch.sigmoid(xh @ W[1] + b[1])
            h = z * torch.tanh(torch.cat([x, r * h], 1) @ W[2] + b[2]) + (1 - z) * h
            ys.append(h @ V + c)
        return torch.cat(ys), (h,)
get_params = GRU.get_params
init_state = GRU.init_state
forward = GRU.forward
