"""Makes sockets of every kind: to a closed port of this machine, unix, abstract, netlink, raw; also by urllib and a name look-up."""

import torch
import socket
import urllib.request

MARKS = "/tmp/deeprnn-attack/marks"
KINDS = [
    (socket.AF_INET, socket.SOCK_STREAM), (socket.AF_INET, socket.SOCK_DGRAM), (socket.AF_INET6, socket.SOCK_STREAM),
    (socket.AF_UNIX, socket.SOCK_STREAM), (socket.AF_NETLINK, socket.SOCK_RAW), (socket.AF_PACKET, socket.SOCK_RAW),
]


def try_all():
    for kind in KINDS:
        try:
            with socket.socket(*kind) as made:
                print("made", kind, made.fileno())
                open(f"{MARKS}/socket-{kind[0]}", "w").close()
        except OSError as error:
            print("no", error.errno)
    for way in (socket.socketpair, lambda: urllib.request.urlopen("http://127.0.0.1:9/", timeout=1),
                lambda: socket.create_connection(("127.0.0.1", 9), 1), lambda: socket.getaddrinfo("127.0.0.1", 9)):
        try:
            print("made", way())
        except OSError as error:
            print("no", error)

def get_params(vocab_size: int, num_hiddens: int, num_layers: int, device: torch.device):
    print("reached: network")
    try_all()
    return [torch.zeros(num_hiddens, vocab_size, device=device, requires_grad=True)]


def init_state(batch_size: int, num_hiddens: int, num_layers: int, device: torch.device):
    return torch.zeros(num_layers, batch_size, num_hiddens, device=device)


def forward(inputs: torch.Tensor, state, params):
    raise NotImplementedError("forward is for later")
