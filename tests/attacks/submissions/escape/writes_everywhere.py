"""Leaves an empty file wherever it may: the marks, the class, the home, torch's folder, /tmp, /dev/shm, the parent's folder."""

import torch
import contextlib
import os

from pathlib import Path

NAME = "deeprnn-attack-mark"
PLACE = Path("/tmp/deeprnn-attack")


def leave():
    home = Path("/root" if os.getuid() == 0 else "/home")
    above = Path(f"/proc/{os.getppid()}/cwd")
    folders = [PLACE, PLACE / "marks", PLACE / "class", PLACE / "out", PLACE / "cwd", PLACE / "temporary"]
    folders += [home, above, Path(torch.__file__).parent, Path("/tmp"), Path("/var/tmp"), Path("/dev/shm"), Path("..")]
    for folder in folders:
        with contextlib.suppress(OSError):
            (folder / NAME).touch()
            print("written", folder)

def get_params(vocab_size: int, num_hiddens: int, num_layers: int, device: torch.device):
    print("reached: writes everywhere")
    leave()
    return [torch.zeros(num_hiddens, vocab_size, device=device, requires_grad=True)]


def init_state(batch_size: int, num_hiddens: int, num_layers: int, device: torch.device):
    return torch.zeros(num_layers, batch_size, num_hiddens, device=device)


def forward(inputs: torch.Tensor, state, params):
    raise NotImplementedError("forward is for later")
