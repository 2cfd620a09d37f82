"""Sleeps with all signals blocked that can be, as code does that never comes back to Python."""

import torch
import signal
import time

def 初始化参数(词表大小, 隐藏单元数, 层数, 设备):
    print("reached: sleeps without signals")
    return {"W": torch.ones(隐藏单元数, 词表大小, device=设备, requires_grad=True)}


def 初始状态(批量大小, 隐藏单元数, 层数, 设备):
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    time.sleep(600)
    return [torch.zeros(批量大小, 隐藏单元数, device=设备)]


def 前向传播(输入, 状态, 参数):
    return 输入.sum(dim=-1), 状态
