"""Writes a shared object and Python files into its own folder and loads them: dlopen, torch.ops.load_library, cpp_extension, import."""

import torch
import os
import shutil
import sys
from pathlib import Path

标记 = "/tmp/deeprnn-attack/marks"


def 载入():
    库 = next(Path(torch.__file__).parent.glob("lib/libshm*"), None)
    if 库:
        shutil.copy(库, "mine.so")
    Path("mine.py").write_text(f"open({标记!r} + '/imported', 'w')")
    sys.path.insert(0, os.getcwd())
    for 名, 做 in {
        "ops": lambda: torch.ops.load_library(os.path.abspath("mine.so")),
        "import": lambda: __import__("mine"),
        "exec": lambda: os.chmod("mine.so", 0o700),
        "cpp": lambda: __import__("torch.utils.cpp_extension").utils.cpp_extension.load_inline("m", "int f(){return 1;}"),
    }.items():
        try:
            print("done", 名, 做())
        except BaseException as 错:
            print("no", 名, type(错).__name__, str(错)[:200])

def 初始化参数(词表大小, 隐藏单元数, 层数, 设备):
    print("reached: loads a library")
    载入()
    return {"W": torch.ones(隐藏单元数, 词表大小, device=设备, requires_grad=True)}


def 初始状态(批量大小, 隐藏单元数, 层数, 设备):
    return [torch.zeros(批量大小, 隐藏单元数, device=设备)]


def 前向传播(输入, 状态, 参数):
    return 输入.sum(dim=-1), 状态
