"""Starts twenty threads that count for three seconds."""

import torch
import threading
import time


def 数():
    止 = time.monotonic() + 3
    while time.monotonic() < 止:
        pass

def 初始化参数(词表大小, 隐藏单元数, 层数, 设备):
    print("reached: many threads")
    return {"W": torch.ones(隐藏单元数, 词表大小, device=设备, requires_grad=True)}


def 初始状态(批量大小, 隐藏单元数, 层数, 设备):
    for _ in range(20):
        threading.Thread(target=数, daemon=True).start()
    return [torch.zeros(批量大小, 隐藏单元数, device=设备)]


def 前向传播(输入, 状态, 参数):
    return 输入.sum(dim=-1), 状态
