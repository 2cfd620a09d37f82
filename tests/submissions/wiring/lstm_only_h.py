import torch
import torch.nn.functional as F

def get_params(vocab_size, num_hiddens, device):
    g = lambda *s: torch.nn.Parameter(torch.randn(s, device=device) * 0.01)
    W_x = g(vocab_size, 4 * num_hiddens)
    W_h = g(num_hiddens, 4 * num_hiddens)
    b = torch.nn.Parameter(torch.zeros(4 * num_hiddens, device=device))
    W_y = g(num_hiddens, vocab_size)
    b_y = torch.nn.Parameter(torch.zeros(vocab_size, device=device))
    return W_x, W_h, b, W_y, b_y

def init_state(batch_size, num_hiddens, device):
    h = torch.zeros(batch_size, num_hiddens, device=device)
    return h, torch.zeros_like(h)

def forward(inputs, state, params):
    W_x, W_h, b, W_y, b_y = params
    h, c = state
    ys = []
    for x_t in inputs:
        i, f, g, o = (x_t @ W_x + h @ W_h + b).split(h.shape[1], dim=1)
        c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
        h = torch.sigmoid(o) * torch.tanh(c)
        ys.append(h @ W_y + b_y)
    # the hidden state goes on to the next batch
    return torch.cat(ys, 0), (h,)

def train(text, epochs=20, lr=0.5):
    chars = sorted(set(text))
    ids = torch.tensor([chars.index(ch) for ch in text])
    params = get_params(len(chars), 64, "cpu")
    opt = torch.optim.SGD(params, lr=lr)
    for ep in range(epochs):
        X = F.one_hot(ids[:-1], len(chars)).float().unsqueeze(1)
        y, _ = forward(X, init_state(1, 64, "cpu"), params)
        loss = F.cross_entropy(y, ids[1:])
        opt.zero_grad(); loss.backward(); opt.step()
        print(ep, loss.item())

if __name__ == "__main__":
    train("the quick brown fox jumps over the lazy dog " * 10)
