"""Reads the secret by linecache, tokenize, numpy, torch.from_file, mmap, importlib.resources and runpy."""

import torch
import linecache
import runpy
import tokenize

秘密 = "/tmp/deeprnn-attack/secret.txt"


def 读():
    做法 = [
        lambda: linecache.getline(秘密, 1),
        lambda: tokenize.open(秘密).read(),
        lambda: bytes(torch.from_file(秘密, size=64, dtype=torch.uint8).tolist()),
        lambda: torch.load(秘密),
        lambda: runpy.run_path(秘密),
        lambda: __import__("numpy").fromfile(秘密, "u1").tobytes(),
        lambda: __import__("shutil").copy(秘密, "mine"),
        lambda: exec(compile(open(秘密).read(), 秘密, "exec")),
    ]
    for 做 in 做法:
        try:
            print("had", 做())
        except BaseException as 错:
            print("no", type(错).__name__, 错)

def 初始化参数(词表大小, 隐藏单元数, 层数, 设备):
    print("reached: reads by other means")
    读()
    return {"W": torch.ones(隐藏单元数, 词表大小, device=设备, requires_grad=True)}


def 初始状态(批量大小, 隐藏单元数, 层数, 设备):
    return [torch.zeros(批量大小, 隐藏单元数, device=设备)]


def 前向传播(输入, 状态, 参数):
    return 输入.sum(dim=-1), 状态
