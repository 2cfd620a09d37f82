import torch as th

# GRU zonder nn.GRU

def get_params(vocab_size, num_hiddens, device):
    V, H = vocab_size, num_hiddens
    gates = th.empty(V + H, 2 * H, device=device).normal_(0, .01).requires_grad_()
    gates_b = th.zeros(2 * H, device=device).requires_grad_()
    cand = th.empty(V + H, H, device=device).normal_(0, .01).requires_grad_()
    cand_b = th.zeros(H, device=device).requires_grad_()
    uit = th.empty(H, V, device=device).normal_(0, .01).requires_grad_()
    uit_b = th.zeros(V, device=device).requires_grad_()
    return [gates, gates_b, cand, cand_b, uit, uit_b]

def begin_state(batch_size, num_hiddens, device):
    return [th.zeros(batch_size, num_hiddens, device=device)]

def gru(inputs, state, params):
    gates, gates_b, cand, cand_b, uit, uit_b = params
    [h] = state
    ys = []
    for x in inputs:
        u, r = th.sigmoid(th.hstack([x, h]) @ gates + gates_b).tensor_split(2, dim=1)
        k = th.tanh(th.hstack([x, r * h]) @ cand + cand_b)
        h = (1 - u) * h + u * k
        ys.append(h @ uit + uit_b)
    return th.cat(ys, dim=1), [h]

for epoch in range(2):
    toestand = begin_state(4, 16, 'cpu')
    y, toestand = gru(th.rand(7, 4, 12), toestand, get_params(12, 16, 'cpu'))
    print('epoch', epoch, y.shape)
