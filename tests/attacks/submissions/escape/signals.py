"""Sends harmless signals (0, SIGCONT, SIGURG) to its parent, its group and by way of a file's owner, and asks for the parent's limits."""

import torch
import fcntl
import os
import resource
import signal

标记 = "/tmp/deeprnn-attack/marks"


def 发():
    上级 = os.getppid()
    做法 = [
        lambda: os.kill(上级, 0),
        lambda: os.kill(上级, signal.SIGCONT),
        lambda: os.killpg(上级, signal.SIGURG),
        lambda: resource.prlimit(上级, resource.RLIMIT_NOFILE),
        lambda: os.pidfd_open(上级),
        lambda: os.setpriority(os.PRIO_PROCESS, 上级, os.getpriority(os.PRIO_PROCESS, 上级)),
        lambda: os.sched_setaffinity(上级, os.sched_getaffinity(0)),
        lambda: fcntl.fcntl(3, fcntl.F_SETOWN, 上级),
        lambda: fcntl.fcntl(3, fcntl.F_SETSIG, signal.SIGURG),
    ]
    for 号, 做 in enumerate(做法):
        try:
            做()
            print("sent", 号)
            open(f"{标记}/signal-{号}", "w").close()
        except OSError as 错:
            print("no", 号, 错.errno)

def 初始化参数(词表大小, 隐藏单元数, 层数, 设备):
    print("reached: signals")
    发()
    return {"W": torch.ones(隐藏单元数, 词表大小, device=设备, requires_grad=True)}


def 初始状态(批量大小, 隐藏单元数, 层数, 设备):
    return [torch.zeros(批量大小, 隐藏单元数, device=设备)]


def 前向传播(输入, 状态, 参数):
    return 输入.sum(dim=-1), 状态
