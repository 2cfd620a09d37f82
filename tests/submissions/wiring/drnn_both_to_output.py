# Ödev 2 - iki katmanlı RNN
import torch

def get_params(vocab_size, num_hiddens, device):
    def agirlik(a, b):
        return torch.randn(a, b, device=device, dtype=torch.get_default_dtype()) * 0.01
    # birinci katman
    Wx1, Wh1, b1 = agirlik(vocab_size, num_hiddens), agirlik(num_hiddens, num_hiddens), torch.zeros(num_hiddens, device=device)
    # ikinci katman
    Wx2, Wh2, b2 = agirlik(num_hiddens, num_hiddens), agirlik(num_hiddens, num_hiddens), torch.zeros(num_hiddens, device=device)
    # çıkış katmanı
    Wy, by = agirlik(2 * num_hiddens, vocab_size), torch.zeros(vocab_size, device=device)
    params = (Wx1, Wh1, b1, Wx2, Wh2, b2, Wy, by)
    for p in params: p.requires_grad_(True)
    return params

def init_state(batch_size, num_hiddens, device):
    sifir = torch.zeros(2, batch_size, num_hiddens, device=device)
    return sifir[0], sifir[1]

def rnn(inputs, state, params):
    Wx1, Wh1, b1, Wx2, Wh2, b2, Wy, by = params
    h1, h2 = state
    ciktilar = []
    for t, x in enumerate(inputs):
        h1 = torch.tanh(torch.addmm(b1, x, Wx1) + h1.mm(Wh1))
        h2 = torch.tanh(torch.addmm(b2, h1, Wx2) + h2.mm(Wh2))
        ciktilar.append(torch.cat((h1, h2), dim=1).mm(Wy) + by)
    return torch.cat(ciktilar), (h1, h2)

def egit(veri, vocab_size, tur=10):
    params = get_params(vocab_size, 32, 'cpu')
    for i in range(tur):
        y, _ = rnn(veri[:-1], init_state(veri.shape[1], 32, 'cpu'), params)
        kayip = torch.nn.functional.cross_entropy(y, veri[1:].argmax(-1).reshape(-1))
        kayip.backward()
        for p in params:
            p.data -= 0.5 * p.grad
            p.grad = None
        print(i, float(kayip))
