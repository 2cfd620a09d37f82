"""Makes symbolic and hard links and renames, to get a file of its own folder into that of the marks."""

import torch
import os

标记 = "/tmp/deeprnn-attack/marks"


def 试(做, *参数):
    try:
        做(*参数)
    except OSError as 错:
        print("not", 做.__name__, 错.errno)


def 连接():
    with open("mine", "w"):
        pass
    试(os.symlink, 标记, "out")
    试(open, "out/by-symlink", "w")
    试(os.link, "mine", 标记 + "/by-link")
    试(os.rename, "mine", 标记 + "/by-rename")
    试(os.replace, "mine", 标记 + "/by-replace")
    试(os.link, 标记 + "/../secret.txt", "theirs")

def 初始化参数(词表大小, 隐藏单元数, 层数, 设备):
    print("reached: links out")
    连接()
    return {"W": torch.ones(隐藏单元数, 词表大小, device=设备, requires_grad=True)}


def 初始状态(批量大小, 隐藏单元数, 层数, 设备):
    return [torch.zeros(批量大小, 隐藏单元数, device=设备)]


def 前向传播(输入, 状态, 参数):
    return 输入.sum(dim=-1), 状态
