# 门控循环单元 + 普通循环层
import torch


def get_params(vocab_size, num_hiddens, device):
    形状 = dict(Wxr=(vocab_size, num_hiddens), Whr=(num_hiddens, num_hiddens), br=(num_hiddens,),
              Wxz=(vocab_size, num_hiddens), Whz=(num_hiddens, num_hiddens), bz=(num_hiddens,),
              Wxh=(vocab_size, num_hiddens), Whh=(num_hiddens, num_hiddens), bh=(num_hiddens,),
              Wx2=(num_hiddens, num_hiddens), Wh2=(num_hiddens, num_hiddens), b2=(num_hiddens,),
              Wq=(num_hiddens, vocab_size), bq=(vocab_size,))
    params = {}
    for 名, s in 形状.items():
        值 = torch.zeros(s, device=device) if 名[0] == 'b' else torch.randn(s, device=device) * 0.01
        params[名] = 值.requires_grad_(True)
    return params


def init_state(batch_size, num_hiddens, device):
    return (torch.zeros((batch_size, num_hiddens), device=device),
            torch.zeros((batch_size, num_hiddens), device=device))


def forward(inputs, state, params):
    P = params
    H1, H2 = state
    输出 = []
    for X in inputs:
        R = torch.sigmoid(X @ P["Wxr"] + H1 @ P["Whr"] + P["br"])
        Z = torch.sigmoid(X @ P["Wxz"] + H1 @ P["Whz"] + P["bz"])
        候选 = torch.tanh(X @ P["Wxh"] + (R * H2) @ P["Whh"] + P["bh"])
        H1 = Z * H1 + (1 - Z) * 候选
        H2 = torch.tanh(H1 @ P["Wx2"] + H2 @ P["Wh2"] + P["b2"])
        输出.append(H2 @ P["Wq"] + P["bq"])
    return torch.cat(输出, dim=0), (H1, H2)
