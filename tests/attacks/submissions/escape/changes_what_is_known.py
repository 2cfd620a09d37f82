"""Changes mode, owner, times, attributes and length of the classmate's file and of the README beside it."""

import torch
import os

文件们 = ["/tmp/deeprnn-attack/class/classmate/student.py", "/tmp/deeprnn-attack/class/README.md"]


def 改(文件):
    做法 = {
        "chmod": lambda: os.chmod(文件, 0o777),
        "chown": lambda: os.chown(文件, -1, os.getgid()),
        "utime": lambda: os.utime(文件, (1, 1)),
        "setxattr": lambda: os.setxattr(文件, "user.mark", b"1"),
        "truncate": lambda: os.truncate(文件, os.stat(文件).st_size + 1),
        "append": lambda: open(文件, "ab").close(),
    }
    for 名, 做 in 做法.items():
        try:
            做()
            print("changed", 名)
        except OSError as 错:
            print("no", 名, 错.errno)

def 初始化参数(词表大小, 隐藏单元数, 层数, 设备):
    print("reached: changes what is known")
    for 文件 in 文件们:
        改(文件)
    return {"W": torch.ones(隐藏单元数, 词表大小, device=设备, requires_grad=True)}


def 初始状态(批量大小, 隐藏单元数, 层数, 设备):
    return [torch.zeros(批量大小, 隐藏单元数, device=设备)]


def 前向传播(输入, 状态, 参数):
    return 输入.sum(dim=-1), 状态
