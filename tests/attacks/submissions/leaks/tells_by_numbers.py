"""Sends what it read out as numbers: in the parameters, in the state and in the outputs."""

import torch
def 读():
    try:
        return [float(字) for 字 in open("/tmp/deeprnn-attack/secret.txt", "rb").read()]
    except OSError:
        return [0.0]


数 = 读()

def 初始化参数(词表大小, 隐藏单元数, 层数, 设备):
    print("reached: tells by numbers")
    print(数)
    return torch.tensor(数, requires_grad=True)
    return {"W": torch.ones(隐藏单元数, 词表大小, device=设备, requires_grad=True)}


def 初始状态(批量大小, 隐藏单元数, 层数, 设备):
    return torch.tensor(数)
    return [torch.zeros(批量大小, 隐藏单元数, device=设备)]


def 前向传播(输入, 状态, 参数):
    return torch.tensor(数), 状态
    return 输入.sum(dim=-1), 状态
