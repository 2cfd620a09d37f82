import torch

def build_weights(vocab_size, num_hiddens, num_layers, device):
    def matrix(rows, columns):
        return (0.02 * torch.randn(rows, columns, device=device)).requires_grad_()

    def offset(columns):
        return torch.zeros(columns, device=device, requires_grad=True)

    ground = [matrix(vocab_size, num_hiddens), matrix(num_hiddens, num_hiddens), offset(num_hiddens)]
    floors = [
        [matrix(num_hiddens, num_hiddens), matrix(num_hiddens, num_hiddens), offset(num_hiddens)]
        for _ in range(num_layers - 1)
    ]
    return ground, floors, (matrix(num_hiddens, vocab_size), offset(vocab_size))


def init_state(batch_size, num_hiddens, num_layers, device):
    return [torch.zeros(batch_size, num_hiddens, device=device) for _ in range(num_layers)]


def forward(inputs, state, weights):
    hidden = list(state)
    logits = []
    for token in inputs:
        signal = token
        for number in range(len(hidden)):
            into, back, offset = weights[0] if number == 0 else weights[1][number - 1]
            hidden[number] = torch.tanh(signal @ into + hidden[number] @ back + offset)
            signal = hidden[number]
        logits.append(signal @ weights[2][0] + weights[2][1])
    return torch.cat(logits), hidden
