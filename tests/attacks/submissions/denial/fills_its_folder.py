"""Fills its own folder: one file of 64 MiB, then two thousand empty ones."""

import torch
import os
import tempfile


def 填():
    try:
        with open(os.path.join(tempfile.gettempdir(), "big"), "wb") as 文件:
            for _ in range(64):
                文件.write(bytes(1 << 20))
    except OSError as 错:
        print("big ends", 错.errno)
    for 号 in range(2000):
        try:
            open(f"{号}", "w").close()
        except OSError as 错:
            print("many end at", 号, 错.errno)
            break

def 初始化参数(词表大小, 隐藏单元数, 层数, 设备):
    print("reached: fills its folder")
    填()
    return {"W": torch.ones(隐藏单元数, 词表大小, device=设备, requires_grad=True)}


def 初始状态(批量大小, 隐藏单元数, 层数, 设备):
    return [torch.zeros(批量大小, 隐藏单元数, device=设备)]


def 前向传播(输入, 状态, 参数):
    return 输入.sum(dim=-1), 状态
