# -*- coding: utf-8 -*-
"""字符级循环神经网络（从零开始）"""
import torch


def get_params(vocab_size, num_hiddens, device):
    初始化 = torch.nn.init.normal_
    输入权重 = 初始化(torch.empty(vocab_size, num_hiddens, device=device), std=0.01)
    循环权重 = 初始化(torch.empty(num_hiddens, num_hiddens, device=device), std=0.01)
    隐藏偏置 = torch.zeros(1, num_hiddens, device=device)
    输出权重 = 初始化(torch.empty(num_hiddens, vocab_size, device=device), std=0.01)
    输出偏置 = torch.zeros(1, vocab_size, device=device)
    参数 = {"输入权重": 输入权重, "循环权重": 循环权重, "隐藏偏置": 隐藏偏置,
          "输出权重": 输出权重, "输出偏置": 输出偏置}
    for 张量 in 参数.values():
        张量.requires_grad = True
    return 参数


def init_state(batch_size, num_hiddens, device):
    return torch.zeros(batch_size, num_hiddens, device=device)


def forward(inputs, state, params):
    隐状态 = state
    输出 = []
    for 输入 in inputs:
        隐状态 = torch.tanh(输入 @ params["输入权重"] + 隐状态 @ params["循环权重"])
        输出.append(隐状态 @ params["输出权重"] + params["输出偏置"])
    return torch.cat(输出, dim=0), 隐状态


if __name__ == "__main__":
    参数 = get_params(28, 32, "cpu")
    for 名字, 张量 in 参数.items():
        print(名字, tuple(张量.shape))
