from collections import Counter
import torch

def get_params(vocab_size, num_hiddens, device):
    Wxh = torch.randn(vocab_size, num_hiddens, device=device) * 0.01
    Whh = torch.randn(num_hiddens, num_hiddens, device=device) * 0.01
    Why = torch.randn(num_hiddens, vocab_size, device=device) * 0.01
    bh = torch.zeros(1, num_hiddens, device=device)
    by = torch.zeros(1, vocab_size, device=device)
    params = {'Wxh': Wxh, 'Whh': Whh, 'Why': Why, 'bh': bh, 'by': by}
    for k in params:
        params[k].requires_grad_()
    return params

def init_state(batch_size, num_hiddens, device):
    return torch.zeros(batch_size, num_hiddens, device=device)

def rnn_forward(inputs, state, params):
    h = state
    ys = {}
    for t, x in enumerate(inputs):
        h = torch.tanh(x @ params['Wxh'] + h @ params['Whh'] + params['bh'])
        ys[t] = h @ params['Why'] + params['by']
    return ys[t], h

# data
text = "hello world " * 50
counts = Counter(text)
ix = {c: i for i, (c, _) in enumerate(counts.most_common())}
data = torch.tensor([ix[c] for c in text])
print("vocab", len(ix), "length", len(data))
