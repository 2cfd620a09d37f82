"""Makes system calls by their numbers: fork, vfork, clone, clone3, execve, memfd_create, io_uring_setup, ptrace, process_vm_writev, unshare, mount, setns, bpf."""

import torch
import ctypes
import os
import platform

MARKS = "/tmp/deeprnn-attack/marks"
NUMBERS = {
    "x86_64": dict(fork=57, clone=56, clone3=435, execveat=322, memfd=319, io_uring=425, ptrace=101,
                   write_other=311, unshare=272, mount=165, setns=308, bpf=321, userfaultfd=323, pidfd=434),
    "aarch64": dict(clone=220, clone3=435, execveat=281, memfd=279, io_uring=425, ptrace=117,
                    write_other=271, unshare=97, mount=40, setns=268, bpf=280, userfaultfd=282, pidfd=434),
}[platform.machine()]
ARGUMENTS = dict(clone=(17, 0, 0, 0, 0), memfd=(b"x", 0), io_uring=(4, ctypes.create_string_buffer(200)),
                 ptrace=(0, 0, 0, 0), unshare=(0x10000000,), pidfd=(os.getppid(), 0))


def call():
    libc = ctypes.CDLL(None, use_errno=True)
    for name, number in NUMBERS.items():
        given = ARGUMENTS.get(name, (0, 0, 0, 0, 0))
        result = libc.syscall(number, *given)
        if result == 0 and name in ("fork", "clone"):
            os.close(os.open(f"{MARKS}/{name}", os.O_CREAT | os.O_WRONLY))
            os._exit(0)
        print("said", name, result, ctypes.get_errno() if result < 0 else "")

def get_params(vocab_size: int, num_hiddens: int, num_layers: int, device: torch.device):
    print("reached: calls the kernel")
    call()
    return [torch.zeros(num_hiddens, vocab_size, device=device, requires_grad=True)]


def init_state(batch_size: int, num_hiddens: int, num_layers: int, device: torch.device):
    return torch.zeros(num_layers, batch_size, num_hiddens, device=device)


def forward(inputs: torch.Tensor, state, params):
    raise NotImplementedError("forward is for later")
