"""What the lines at the end of a run say, in English and in Chinese."""

from __future__ import annotations

from pytest_deeprnn.core.settings import Language

#: By the English text; what stands in braces is the same in both.
_CHINESE = {
    ", ": "，",
    "; ": "；",
    "{id} as {exercise}: ": "{id}（{exercise}）：",
    "pass": "通过",
    "fail": "未通过",
    "incomplete": "不完整",
    "error": "评分出错",
    "{points} of {most} points": "{points} / {most} 分",
    "why: ": "原因：",
    "next: ": "下一步：",
    "start with the check {id}": "从检查 {id} 开始",
    "run all checks: leave out -k, -x and --co": "运行全部检查：不要使用 -k、-x 和 --co",
    "send the page to your instructor: the grader failed, not you": (
        "请把反馈页发给你的老师：出错的是评分程序，不是你"
    ),
    "cause: ": "根本原因：",
    "cell {cell}": "第 {cell} 个单元格",
    "line {line}": "第 {line} 行",
    "follows from it: ": "由此引起：",
    "and {count} more, on the page": "另有 {count} 项，见反馈页",
    "gap: ": "差距：",
    "expected {value}": "应为 {value}",
    "got {value}": "得到 {value}",
    " at ": "，在",
    " ({id})": "（{id}）",
    "step {number}": "第 {number} 个时间步",
    "layer {number}": "第 {number} 层",
    "batch row {number}": "小批量第 {number} 行",
    "unit {number}": "第 {number} 个单元",
    "output layer": "输出层",
    "smallest example, {sizes}:": "最小的例子，{sizes}：",
    ": ": "：",
    "{name} of unit {unit}": "第 {unit} 个单元的 {name}",
    "what it reads, {name}": "读入的 {name}",
    "the returned {name}": "返回的 {name}",
    " should be {value}": " 应为 {value}",
    "yours is {value}": "你的是 {value}",
    "yours is not returned": "你的没有返回",
    "checks: ": "检查：",
    "all {count} passed": "{count} 项全部通过",
    "{count} passed": "{count} 项通过",
    "{count} failed: ": "{count} 项未通过：",
    "{count} blocked: ": "{count} 项受阻：",
    "{count} skipped": "{count} 项跳过",
    "{count} by an error of the grader: ": "{count} 项评分出错：",
    "isolation: {kind}": "隔离方式：{kind}",
    ", which does not hold here: {lacks}": "，但这里缺少：{lacks}",
    "this exercise tells only the verdict: which checks passed, and the points": (
        "本练习只告知结果：哪些检查通过了，以及得分"
    ),
    "this exercise gives only hints: where to look, not what was measured there": (
        "本练习只给出提示：该看哪里，而不说明在那里测到了什么"
    ),
    "feedback: ": "反馈：",
    "This was a practice run: your code ran without isolation, "
    "so its points do not count as a grade.": (
        "这是一次练习运行：你的代码没有在隔离环境中运行，因此得分不计入成绩。"
    ),
}


class Words:
    """Says things in one language."""

    def __init__(self, lang: Language) -> None:
        self._lang = lang

    def __call__(self, english: str, **values: object) -> str:
        """A text with its values; in English where there is no translation of it."""
        text = _CHINESE.get(english, english) if self._lang == "zh" else english
        return text.format(**values)
