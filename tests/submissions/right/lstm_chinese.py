import torch
def 获取参数(词表大小, 隐藏单元数, 设备):
    def 正态(形状): return torch.randn(size=形状, device=设备) * 0.01
    def 三个(): return (正态((词表大小, 隐藏单元数)), 正态((隐藏单元数, 隐藏单元数)), torch.zeros(隐藏单元数, device=设备))
    参数 = [*三个(), *三个(), *三个(), *三个(), 正态((隐藏单元数, 词表大小)), torch.zeros(词表大小, device=设备)]
    for p in 参数: p.requires_grad_(True)
    return 参数
def 初始状态(批量大小, 隐藏单元数, 设备):
    return (torch.zeros((批量大小, 隐藏单元数), device=设备), torch.zeros((批量大小, 隐藏单元数), device=设备))
def 前向(输入, 状态, 参数):
    [Wxi, Whi, bi, Wxf, Whf, bf, Wxo, Who, bo, Wxc, Whc, bc, Whq, bq] = 参数
    H, C = 状态
    输出 = []
    for X in 输入:
        I = torch.sigmoid(X @ Wxi + H @ Whi + bi)
        F = torch.sigmoid(X @ Wxf + H @ Whf + bf)
        O = torch.sigmoid(X @ Wxo + H @ Who + bo)
        G = torch.tanh(X @ Wxc + H @ Whc + bc)
        C = F * C + I * G
        H = O * torch.tanh(C)
        输出.append(H @ Whq + bq)
    return torch.cat(输出, dim=0), (H, C)
