import torch
import time

corpus_file = "timemachine.txt"
with open(corpus_file) as f:
    text = f.read().lower()
chars = sorted(set(text))
stoi = {c: i for i, c in enumerate(chars)}


def getParams(vocab_size, num_hiddens, num_layers, device):
    def mat(r, c):
        return torch.randn(r, c, device=device) * 0.01

    W_xh, W_hh, b_h = [], [], []
    for l in range(num_layers):
        W_xh.append(mat(vocab_size if l == 0 else num_hiddens, num_hiddens))
        W_hh.append(mat(num_hiddens, num_hiddens))
        b_h.append(torch.zeros(num_hiddens, device=device))
    W_hq = mat(num_hiddens, vocab_size)
    b_q = torch.zeros(vocab_size, device=device)
    for p in W_xh + W_hh + b_h + [W_hq, b_q]:
        p.requires_grad_(True)
    return W_xh, W_hh, b_h, W_hq, b_q


def initState(batch_size, num_hiddens, num_layers, device):
    return [torch.zeros(batch_size, num_hiddens, device=device) for _ in range(num_layers)]


def deepRnn(inputs, state, params):
    W_xh, W_hh, b_h, W_hq, b_q = params
    H = list(state)
    outputs = []
    for X in inputs:
        x = X
        for l in range(len(H)):
            H[l] = torch.tanh(torch.mm(x, W_xh[l]) + torch.mm(H[l], W_hh[l]) + b_h[l])
            x = H[l]
        outputs.append(torch.mm(x, W_hq + b_q))
    return torch.cat(outputs, dim=0), H


# quick training run
params = getParams(len(chars), 64, 2, "cpu")
start = time.time()
for epoch in range(3):
    state = initState(16, 64, 2, "cpu")
    ids = torch.tensor([stoi[c] for c in text[:16 * 20]]).reshape(16, 20)
    X = torch.nn.functional.one_hot(ids.T, len(chars)).float()
    Y, state = deepRnn(X[:-1], state, params)
    loss = torch.nn.functional.cross_entropy(Y, ids.T[1:].reshape(-1))
    loss.backward()
    with torch.no_grad():
        for group in params:
            for p in (group if isinstance(group, list) else [group]):
                p -= 0.5 * p.grad
                p.grad = None
    print(epoch, loss.item(), time.time() - start)
