import torch

def get_params(vocab_size, num_hiddens, device):
    # szerokości warstw: [h1, h2, ...]
    params = {'W_hq': torch.randn(num_hiddens[0], vocab_size, device=device) * 0.01,
              'b_q': torch.zeros(vocab_size, device=device),
              'warstwy': []}
    wejscie = vocab_size
    for h in num_hiddens:
        params['warstwy'].append({
            'W_xh': torch.randn(wejscie, h, device=device) * 0.01,
            'W_hh': torch.randn(h, h, device=device) * 0.01,
            'b_h': torch.zeros(h, device=device)})
        wejscie = h
    params['W_hq'].requires_grad_(True)
    params['b_q'].requires_grad_(True)
    for w in params['warstwy']:
        for nazwa in w:
            w[nazwa].requires_grad_(True)
    return params

def init_rnn_state(batch_size, num_hiddens, device):
    return tuple([torch.zeros((batch_size, h), device=device) for h in num_hiddens])

def rnn(inputs, state, params):
    H = [s for s in state]
    wyniki = []
    for X in inputs:
        for i, w in enumerate(params['warstwy']):
            dol = X if i == 0 else H[i - 1]
            H[i] = torch.tanh(torch.mm(dol, w['W_xh']) + torch.mm(H[i], w['W_hh']) + w['b_h'])
        wyniki.append(torch.mm(H[0], params['W_hq']) + params['b_q'])
    return torch.cat(wyniki, dim=0), tuple(H)
