import torch
from d2l import torch as d2l


def get_params(vocab_size, num_hiddens, device):
    shapes = [(vocab_size, num_hiddens), (num_hiddens, num_hiddens), (num_hiddens,),
              (num_hiddens, vocab_size), (vocab_size,)]
    return [(torch.randn(s, device=device) * 0.01).requires_grad_() for s in shapes]


def init_state(batch_size, num_hiddens, device):
    return (d2l.zeros((batch_size, num_hiddens), device=device),)


def forward(inputs, state, params):
    W_xh, W_hh, b_h, W_hq, b_q = params
    layer = d2l.RNNScratch(*W_xh.shape)
    for name, value in (('W_xh', W_xh), ('W_hh', W_hh), ('b_h', b_h)):
        delattr(layer, name)
        setattr(layer, name, value)
    hiddens, H = layer(inputs, state)
    return torch.cat([H_t @ W_hq + b_q for H_t in hiddens]), (H,)
