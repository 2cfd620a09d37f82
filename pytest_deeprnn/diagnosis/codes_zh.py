"""The texts of `codes` in Chinese, with the words of the Chinese edition of the book."""

from __future__ import annotations

from pytest_deeprnn.core.codes import Text

TEXTS: dict[str, Text] = {
    "unreadable-file": Text(
        "无法读取这个文件。",
        "请提交代码本身：编辑器保存的 .py 文件，或者 notebook（.ipynb）。",
    ),
    "newer-python": Text(
        "这个文件需要比评分所用版本更新的 Python。",
        "把所指的那一行改写成旧版本 Python 也能读懂的形式。",
    ),
    "import-error": Text(
        "文件无法加载。",
        "先用 Python 单独运行这个文件；所指的那一行必须能正常执行。",
    ),
    "missing-function": Text(
        "缺少约定的函数。",
        "在文件的最外层定义 get_params、init_state 和 forward。",
    ),
    "wrong-signature": Text(
        "有一个函数不能用练习规定的参数来调用。",
        "把函数的参数与题目说明对照：传入的是各种大小和 device，没有别的。",
    ),
    "timeout": Text(
        "有一次调用没有结束。",
        "找一找：有没有哪个循环的条件永远不会变为假，或者有没有哪里在等待什么。",
    ),
    "forbidden-api": Text(
        "循环计算用了现成的模块，没有自己写出来。",
        "请自己写出循环单元的公式，每个公式一行。",
    ),
    "reaches-outside": Text(
        "代码越出了计算本身，触及解释器、torch 内部或评分程序。",
        "三个函数只需由参数计算，用不到这些：请把它删去。",
    ),
    "state-global": Text(
        "有状态保存在函数的参数之外，从一次调用泄漏到了下一次调用。",
        "forward 要记住的一切都由 state 传入，再作为新状态返回。",
    ),
    "layer-count": Text(
        "网络的层数与要求的不同。",
        "在 get_params 中跟踪 num_layers：每一部分各执行了几次？",
    ),
    "state-shape": Text(
        "有一个状态张量的形状不对。",
        "小批量中的每个序列在状态中占一行：(B, H)。",
    ),
    "hardcoded-shape": Text(
        "代码只对一种大小有效。",
        "找一找写死的数字，它本应是 batch_size、vocab_size、num_hiddens 或某个张量的形状。",
    ),
    "hardcoded-device": Text(
        "张量创建在固定的设备上。",
        "你创建的每个张量，都必须创建在所要求的设备上。",
    ),
    "precision": Text(
        "数值的精度低于 float32，或者张量有自己固定的类型。",
        "让每个张量都用 torch 的默认类型：不要自己写 dtype，不要用 half 和 autocast。",
    ),
    "batch-mixing": Text(
        "小批量中的一个序列影响了另一个序列。",
        "找一找沿着批量轴进行的求和、求平均、softmax 或形状变换。",
    ),
    "not-causal": Text(
        "有一个输出依赖于之后的输入。",
        "第 t 个时间步只能使用到 t 为止的输入：你的循环按什么顺序遍历时间步？",
    ),
    "shared-state": Text(
        "有两层读写的是同一个隐状态。",
        "每一层都有自己的状态：数一数 init_state 创建了几个张量，forward 又从 state 中取出了几个。",
    ),
    "state-aliased": Text(
        "init_state 把同一个张量对象当作多个状态返回。",
        "[x] * n 只是把同一个 x 放了 n 次；要为每一层各创建一个张量。",
    ),
    "output-wrong-layer": Text(
        "输出层读入的不是最后一个隐藏层。",
        "计算输出的那一行里，用的是哪一个 H？",
    ),
    "wrong-layer-input": Text(
        "上面的某一层读入的不是它下面一层的隐状态。",
        "第 l 层读入第 l - 1 层新的隐状态；看看你用什么与这一层的输入权重相乘。",
    ),
    "stale-layer-input": Text(
        "上面的某一层读入的是下面一层在前一个时间步的隐状态。",
        "在每个时间步内，要从最底层开始自下而上计算，并使用每一层新的状态。",
    ),
    "wrong-recurrence": Text(
        "有一层把另一层的状态当作了自己上一个时间步的状态。",
        "看看每一层的循环权重分别与什么相乘。",
    ),
    "unused-layer": Text(
        "有一整个隐藏层对返回的输出没有任何影响。",
        "在 forward 中跟踪每一层的隐状态：谁读取了它？",
    ),
    "wrong-cell": Text(
        "有一层所用的循环单元不是所要求的那一种。",
        "把这一层与题目说明中的公式对照。",
    ),
    "wrong-activation": Text(
        "缺少激活函数，或者用了别的激活函数。",
        "在书中的公式里，隐状态的值由哪个函数压缩到固定的区间？",
    ),
    "output-activation": Text(
        "对输出的未规范化的预测（logits）又施加了一个函数。",
        "输出应当是未规范化的预测：softmax 由损失函数来计算。",
    ),
    "gate-missing": Text(
        "有一个门计算了却没有用上，或者根本没有计算。",
        "找一找：哪个门的名字在后面的代码里再也没有出现？",
    ),
    "gate-swapped": Text(
        "两个门互换了位置，或者一个门与 1 减去它互换了位置。",
        "把组合各个门的那一行与书中的公式逐个字母对照。",
    ),
    "wrong-weight": Text(
        "有一个门用了属于别处的权重或偏置。",
        "在计算每个门的那一行里，核对各个权重的下标。",
    ),
    "no-recurrence": Text(
        "有一层忽略了自己上一个时间步的状态。",
        "每一层的新状态都依赖于它的旧状态：找出体现这一点的那个乘积。",
    ),
    "missing-term": Text(
        "有一个公式少了一项。",
        "每个门都是三项之和：输入项、循环项和偏置。",
    ),
    "cell-update": Text(
        "由各部分组合出新状态的方式不对。",
        "把题目说明中更新状态的公式写在你的代码旁边，逐个因子对照。",
    ),
    "extra-connection": Text(
        "有一条网络结构中没有的连接。",
        "找一找题目说明的公式里没有的求和或拼接。",
    ),
    "params-no-grad": Text(
        "参数没有设置为需要梯度。",
        "没有 requires_grad，训练就不会改变任何东西；要为每个参数打开它。",
    ),
    "params-not-leaf": Text(
        "参数是运算的结果，而不是叶子张量。",
        "优化器只更新叶子张量：等最后一步运算完成之后，再设置 requires_grad。",
    ),
    "params-shared": Text(
        "两个角色共用同一个张量，或同一块内存。",
        "为每个权重各创建一个张量：同一个名字用两次、[w] * n，"
        "或同一块内存中相互重叠的切片，都只是一个张量。",
    ),
    "params-missing": Text(
        "缺少网络结构所需要的某个权重或偏置。",
        "列出题目说明的公式中的各个权重，与 get_params 中的逐一对照。",
    ),
    "params-shape": Text(
        "有一个参数的形状不能满足需要。",
        "权重的形状是（输入的大小，输出的大小）。",
    ),
    "state-init": Text(
        "初始状态不为零。",
        "在第一个时间步之前还什么都没有读入：这时状态里应当是什么？",
    ),
    "state-order": Text(
        "返回状态的顺序与传入时不同。",
        "把拆开状态的那一行与返回状态的那一行对照。",
    ),
    "state-not-returned": Text(
        "返回的是旧状态，或者没有返回状态。",
        "forward 作为状态返回的，就是下一次调用的起点。",
    ),
    "state-incomplete": Text(
        "状态中缺少某一层的部分。",
        "每一层的状态都要由 init_state 创建，并由 forward 返回。",
    ),
    "state-detached": Text(
        "梯度在时间步之间或层与层之间被切断了。",
        "在 forward 中找一找 detach、no_grad、.data 或数据转换。",
    ),
    "output-shape": Text(
        "输出的形状不对，或者缺少时间步。",
        "每个时间步的每个序列占一行，每行是 V 个未规范化的预测：(T·B, V)。",
    ),
    "output-order": Text(
        "输出的值正确，但各行的顺序不对。",
        "先是第一个时间步的所有行，再是第二个时间步的，依此类推。",
    ),
    "output-before-update": Text(
        "一个时间步的输出是由这一步之前的状态算出的。",
        "在每个时间步内，先更新状态，再由新状态计算输出。",
    ),
    "state-mutated": Text(
        "调用者的状态、输入或参数被原地修改了。",
        "找一找 +=、[...] = 以及名字以下划线结尾的函数。",
    ),
    "init-constant": Text(
        "权重的初始值全部相同，于是各个隐藏单元永远没有差别。",
        "权重要随机初始化；只有偏置可以从零开始。",
    ),
    "init-scale": Text(
        "权重初始值的尺度与练习的要求相差太远。",
        "书中的权重取自标准差为 0.01 的正态分布。",
    ),
    "unused-parameter": Text(
        "有一个参数对任何结果都没有影响。",
        "在 forward 中找到它的名字；那一行的结果后来用在了哪里？",
    ),
    "crash": Text(
        "有一次调用抛出了异常。",
        "看回溯信息（traceback）里你自己代码的最后一行；打印那里用到的张量的形状。",
    ),
}
