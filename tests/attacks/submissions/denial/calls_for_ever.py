"""forward never ends, whatever is raised inside."""

import torch


def 初始化参数(词表大小, 隐藏单元数, 层数, 设备):
    print("reached: calls for ever")
    return {"W": torch.ones(隐藏单元数, 词表大小, device=设备, requires_grad=True)}


def 初始状态(批量大小, 隐藏单元数, 层数, 设备):
    return [torch.zeros(批量大小, 隐藏单元数, device=设备)]


def 前向传播(输入, 状态, 参数):
    while True:
        try:
            sum(range(1000))
        except BaseException:
            pass
    return 输入.sum(dim=-1), 状态
