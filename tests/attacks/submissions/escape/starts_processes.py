"""Starts a process that leaves a mark: fork, twice and with a session of its own, posix_spawn, os.system, exec, subprocess, multiprocessing, webbrowser."""

import torch
import contextlib
import os
import subprocess
import sys
import webbrowser

MARK = "/tmp/deeprnn-attack/marks"
TOUCH = ["/bin/sh", "-c", f": > {MARK}/process"]


def forked():
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.close(os.open(f"{MARK}/daemon", os.O_CREAT | os.O_WRONLY))
        os._exit(0)


def spread():
    import multiprocessing

    multiprocessing.get_context("fork").Process(target=print).start()


WAYS = [
    forked,
    spread,
    lambda: os.posix_spawn("/bin/sh", TOUCH, {}),
    lambda: os.system(TOUCH[2]),
    lambda: os.popen(TOUCH[2]).read(),
    lambda: subprocess.run(TOUCH, timeout=5),
    lambda: subprocess.Popen([sys.executable, "-c", f"open('{MARK}/python', 'w')"]),
    lambda: webbrowser.open("file:///dev/null"),
    lambda: os.execv("/bin/sh", TOUCH),
]

def get_params(vocab_size: int, num_hiddens: int, num_layers: int, device: torch.device):
    print("reached: starts processes")
    for way in WAYS:
        with contextlib.suppress(Exception):
            print(way())
    return [torch.zeros(num_hiddens, vocab_size, device=device, requires_grad=True)]


def init_state(batch_size: int, num_hiddens: int, num_layers: int, device: torch.device):
    return torch.zeros(num_layers, batch_size, num_hiddens, device=device)


def forward(inputs: torch.Tensor, state, params):
    raise NotImplementedError("forward is for later")
