import torch
import math

"""
COMP-541 PA2: Deep GRU.
I return the states as a tuple, bottom layer first.
"""

def xavier(a, b, device):
    lim = math.sqrt(6.0 / (a + b))
    return torch.empty(a, b, device=device).uniform_(-lim, lim).requires_grad_()

def getParams(vocabSize, hiddenSize, numLayers, device):
    layers = []
    for i in range(numLayers):
        inSize = vocabSize if i == 0 else hiddenSize
        gateWeights = [xavier(inSize + hiddenSize, hiddenSize, device) for _ in range(3)]
        gateBiases = [torch.zeros(hiddenSize, device=device, requires_grad=True) for _ in range(3)]
        layers.append((gateWeights, gateBiases))
    return layers, (xavier(hiddenSize, vocabSize, device),
                    torch.zeros(vocabSize, device=device, requires_grad=True))

def initState(batchSize, hiddenSize, numLayers, device):
    return tuple(torch.zeros(batchSize, hiddenSize, device=device) for _ in range(numLayers))

def gruCell(x, h, weights, biases):
    xh = torch.cat((x, h), dim=1)
    reset = torch.sigmoid(xh @ weights[0] + biases[0])
    update = torch.sigmoid(xh @ weights[1] + biases[1])
    cand = torch.tanh(torch.cat((x, reset * h), dim=1) @ weights[2] + biases[2])
    return update * h + (1 - update) * cand

def deepGru(inputs, state, params):
    layers, (wOut, bOut) = params
    outputs = []
    for x in inputs:
        newState = ()
        for h, (weights, biases) in zip(reversed(state), layers):
            x = gruCell(x, h, weights, biases)
            newState += (x,)
        state = newState
        outputs.append(x @ wOut + bOut)
    return torch.cat(outputs), state
