import torch
import torch.nn.functional as F


def initParams(vocabSize, hiddenSizes, device):
    params = []
    nIn = vocabSize
    for nHid in hiddenSizes:
        W = torch.randn(nHid, nIn + nHid, device=device) * 0.01   # acts on [x; h]
        b = torch.zeros(nHid, device=device)
        params.append([W, b])
        nIn = nHid
    params.append([torch.randn(vocabSize, nIn, device=device) * 0.01,
                   torch.zeros(vocabSize, device=device)])
    for pair in params:
        for p in pair:
            p.requires_grad_(True)
    return params


def initState(batchSize, hiddenSizes, device):
    return [torch.zeros(batchSize, n, device=device) for n in hiddenSizes]


def forward(inputs, state, params):
    layers, (Wo, bo) = params[:-1], params[-1]
    logits = []
    for x in inputs:
        newState = []
        for (W, b), h in zip(layers, state):
            x = F.relu(F.linear(torch.hstack((x, h)), W, b))   # no saturation
            newState.append(x)
        state = newState
        logits.append(F.linear(x, Wo, bo))
    return torch.vstack(logits), state
