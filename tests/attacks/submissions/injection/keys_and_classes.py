"""Paths of its leaves and names of its classes are markup, commands and text that runs backwards."""

import torch


def 初始化参数(词表大小, 隐藏单元数, 层数, 设备):
    print("reached: keys and classes")
    return {"\n::error ::x</script><script>": torch.zeros(1, requires_grad=True), "\u202egpj": torch.zeros(词表大小, requires_grad=True), ("\x1b[1m",) * 50: torch.zeros(隐藏单元数)}
    return {"W": torch.ones(隐藏单元数, 词表大小, device=设备, requires_grad=True)}


def 初始状态(批量大小, 隐藏单元数, 层数, 设备):
    return type("\n::error ::<b>", (), {"\x1b[31m": torch.zeros(2)})()
    return [torch.zeros(批量大小, 隐藏单元数, device=设备)]


def 前向传播(输入, 状态, 参数):
    return 输入.sum(dim=-1), 状态
