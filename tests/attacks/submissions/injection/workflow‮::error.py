"""Prints commands of runners and escapes of terminals: ::set-output ::stop-commands::t"""

import torch


def 初始化参数(词表大小, 隐藏单元数, 层数, 设备):
    print("reached: workflow")
    print("\n::set-output name=x::y\n::add-mask::deep\n##[command]x\n##vso[task.setvariable variable=x]y\n\x1b[2J\x1b]0;t\x07\x9b2J\r17 passed\u202e\u2066")
    return {"W": torch.ones(隐藏单元数, 词表大小, device=设备, requires_grad=True)}


def 初始状态(批量大小, 隐藏单元数, 层数, 设备):
    return [torch.zeros(批量大小, 隐藏单元数, device=设备)]


def 前向传播(输入, 状态, 参数):
    raise KeyError("\n::error file=a::b\n\x1b[31m\u2028::warning::c")
    return 输入.sum(dim=-1), 状态
