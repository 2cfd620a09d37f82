import torch

# LSTM von Hand, Übungsblatt 7

def get_lstm_params(vocab_size, num_hiddens, device):
    def gewicht(a, b):
        return (torch.randn(a, b, device=device) * 0.01).requires_grad_()
    def bias(n):
        return torch.zeros(n, device=device).requires_grad_()

    P = {}
    for tor in ("i", "f", "o", "c"):
        P["Wx" + tor] = gewicht(vocab_size, num_hiddens)
        P["Wh" + tor] = gewicht(num_hiddens, num_hiddens)
        P["b" + tor] = bias(num_hiddens)
    P["Whq"] = gewicht(num_hiddens, vocab_size)
    P["bq"] = bias(vocab_size)
    return P

def init_lstm_state(batch_size, num_hiddens, device):
    return (torch.zeros(batch_size, num_hiddens, device=device),
            torch.zeros(batch_size, num_hiddens, device=device))

def lstm(inputs, state, params):
    H, C = state
    ausgaben = []
    def vor(X, H, tor):
        return X @ params["Wx" + tor] + H @ params["Wh" + tor] + params["b" + tor]
    for X in inputs:
        I = torch.sigmoid(vor(X, H, "i"))
        F = torch.sigmoid(vor(X, H, "f"))
        O = torch.sigmoid(vor(X, H, "o"))
        C = F * C + I * torch.tanh(vor(X, H, "c"))
        H = O * torch.tanh(C)
        ausgaben.append(H @ params["Whq"] + params["bq"])
    return torch.cat(ausgaben), state

params = get_lstm_params(28, 32, "cpu")
Y, _ = lstm(torch.rand(7, 2, 28), init_lstm_state(2, 32, "cpu"), params)
print(Y.shape)   # 14, 28
