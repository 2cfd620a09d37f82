# Tarea 5. LSTM de dos capas
import torch

sg = torch.sigmoid
th = torch.tanh


def get_params(vocab_size, num_hiddens, device):
    P = {}

    def nuevo(nombre, *forma):
        P[nombre] = torch.zeros(*forma, device=device)
        if len(forma) == 2:
            P[nombre].normal_(std=0.01)
        P[nombre].requires_grad_()

    for capa, entrada in ((1, vocab_size), (2, num_hiddens)):
        for puerta in "ifoc":
            nuevo(f"Wx{puerta}{capa}", entrada, num_hiddens)
            nuevo(f"Wh{puerta}{capa}", num_hiddens, num_hiddens)
            nuevo(f"b{puerta}{capa}", num_hiddens)
    nuevo("Wq", num_hiddens, vocab_size)
    nuevo("bq", vocab_size)
    return P


def init_state(batch_size, num_hiddens, device):
    return [torch.zeros(batch_size, num_hiddens, device=device) for _ in range(4)]   # H1, C1, H2, C2


def forward(inputs, state, params):
    P = params
    H1, C1, H2, C2 = state
    salidas = []
    for X in inputs:
        # capa 1
        I = sg(X @ P["Wxi1"] + H1 @ P["Whi1"] + P["bi1"])
        F = sg(X @ P["Wxf1"] + H1 @ P["Whf1"] + P["bf1"])
        O = sg(X @ P["Wxo1"] + H1 @ P["Who1"] + P["bo1"])
        C1 = F * C1 + I * th(X @ P["Wxc1"] + H1 @ P["Whc1"] + P["bc1"])
        H1 = O * th(C1)
        # capa 2
        I = sg(H1 @ P["Wxi2"] + H2 @ P["Whi2"] + P["bi2"])
        F = sg(H1 @ P["Wxf2"] + H2 @ P["Whf2"] + P["bf2"])
        O = sg(H1 @ P["Wxo2"] + H2 @ P["Who2"] + P["bf2"])
        C2 = F * C2 + I * th(H1 @ P["Wxc2"] + H2 @ P["Whc2"] + P["bc2"])
        H2 = O * th(C2)
        salidas.append(H2 @ P["Wq"] + P["bq"])
    return torch.cat(salidas, dim=0), [H1, C1, H2, C2]
