import torch


def get_params(vocab_size, num_hiddens, device):
    gauss = lambda *maat: (torch.randn(*maat, device=device) * 0.01).requires_grad_()
    nul = lambda n: torch.zeros(n, device=device, requires_grad=True)
    eerste, *hoger = num_hiddens
    onder = (gauss(vocab_size, eerste), gauss(eerste, eerste), nul(eerste))
    boven = []
    vorige = eerste
    for breedte in hoger:
        boven.append((gauss(vorige, breedte), gauss(breedte, breedte)))
        vorige = breedte
    return onder, boven, (gauss(vorige, vocab_size), nul(vocab_size))


def init_state(batch_size, num_hiddens, device):
    return tuple(torch.zeros(batch_size, breedte, device=device) for breedte in num_hiddens)


def rnn_net(inputs, state, params):
    (W, U, b), boven, (W_uit, b_uit) = params
    uitvoer = []
    for x in inputs:
        h = torch.tanh(x @ W + state[0] @ U + b)
        nieuw = [h]
        for (W_op, U_op), oud in zip(boven, state[1:]):
            h = torch.tanh(h @ W_op + oud @ U_op)
            nieuw.append(h)
        state = tuple(nieuw)
        uitvoer.append(h @ W_uit + b_uit)
    return torch.cat(uitvoer), state
