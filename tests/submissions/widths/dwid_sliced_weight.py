# Esercizio 4: RNN a più strati, dimensioni diverse
import torch

def get_params(vocab_size, hidden_sizes, device):
    casuale = lambda r, c: (torch.randn(r, c, device=device) * 0.01).requires_grad_()
    nulli = lambda n: torch.zeros(n, device=device).requires_grad_()
    strati, sotto = [], vocab_size
    for h in hidden_sizes:
        strati.append({'Wx': casuale(sotto, h), 'Wh': casuale(h, h), 'b': nulli(h)})
        sotto = h
    return {'strati': strati, 'Wq': casuale(sotto, vocab_size), 'bq': nulli(vocab_size)}

def init_state(batch_size, hidden_sizes, device):
    return [torch.zeros(batch_size, h, device=device) for h in hidden_sizes]

def rnn(inputs, state, params):
    uscite = []
    for x in inputs:
        nuovi = []
        for i, (h, s) in enumerate(zip(state, params['strati'])):
            n = h.shape[1]
            if i == 0:
                z = x @ s['Wx']
            else:
                z = x[:, :n] @ s['Wx'][:n]      # solo le unità corrispondenti
            x = torch.tanh(z + h @ s['Wh'] + s['b'])
            nuovi.append(x)
        state = nuovi
        uscite.append(x @ params['Wq'] + params['bq'])
    return torch.cat(uscite), state
