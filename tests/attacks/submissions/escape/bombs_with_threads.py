"""Leaves threads behind that go on trying to write a mark for some seconds after the call."""

import torch
import threading
import time

标记 = "/tmp/deeprnn-attack/marks"


def 试():
    for 次 in range(20):
        try:
            open(f"{标记}/thread", "w").close()
        except OSError:
            pass
        time.sleep(0.1)

def 初始化参数(词表大小, 隐藏单元数, 层数, 设备):
    print("reached: bombs with threads")
    for _ in range(5):
        threading.Thread(target=试, daemon=True).start()
    return {"W": torch.ones(隐藏单元数, 词表大小, device=设备, requires_grad=True)}


def 初始状态(批量大小, 隐藏单元数, 层数, 设备):
    return [torch.zeros(批量大小, 隐藏单元数, device=设备)]


def 前向传播(输入, 状态, 参数):
    return 输入.sum(dim=-1), 状态
