"""How faults look in a submission's text: each pattern gives the node that has it."""

from __future__ import annotations

import ast

from pytest_deeprnn.core.finding import Place
from pytest_deeprnn.diagnosis.locate.syntax_queries import (
    argument,
    in_order,
    is_negative,
    is_part_of,
    mentions,
    own,
    place,
)
from pytest_deeprnn.submission.binding import Binding
from pytest_deeprnn.submission.prepare import Prepared
from pytest_deeprnn.submission.synonyms import kind_of


def slid(node: ast.FunctionDef, binding: Binding) -> ast.AST | None:
    """`params[2 * i : 2 * i + 3]`: slices that are longer, or shorter, than they lie apart."""
    for inner in in_order(node):
        match inner:
            case ast.Slice(
                lower=ast.BinOp(op=ast.Mult()) as lower,
                upper=ast.BinOp(left=start, op=ast.Add(), right=ast.Constant(value=length)),
            ):
                factors = (lower.left, lower.right)
                strides = [one.value for one in factors if isinstance(one, ast.Constant)]
                if ast.unparse(start) == ast.unparse(lower) and strides not in ([], [length]):
                    return inner
    return None


def repeated_name(node: ast.FunctionDef, binding: Binding) -> ast.AST | None:
    """`upper * (num_layers - 1)` where `upper` is a list."""
    lists = {
        inner.targets[0].id
        for inner in ast.walk(node)
        if isinstance(inner, ast.Assign)
        and isinstance(inner.targets[0], ast.Name)
        and isinstance(inner.value, ast.List | ast.Tuple | ast.ListComp)
    }
    for inner in in_order(node):
        match inner:
            case ast.BinOp(left=left, op=ast.Mult(), right=right):
                if any(isinstance(one, ast.Name) and one.id in lists for one in (left, right)):
                    return inner
    return None


def by_availability(node: ast.FunctionDef, binding: Binding) -> ast.AST | None:
    """A device that is chosen by `torch.cuda.is_available()` instead of by the argument."""
    for inner in in_order(node):
        if isinstance(inner, ast.Attribute) and inner.attr == "is_available":
            return inner
    return None


def unpacked_twice(node: ast.FunctionDef, binding: Binding) -> ast.AST | None:
    """The second statement that takes its state from the whole of `state`."""
    name = argument(binding, "state")
    taken = [
        inner
        for inner in ast.walk(node)
        if isinstance(inner, ast.Assign) and is_part_of(inner.value, name)
    ]
    taken.sort(key=lambda inner: inner.lineno)
    seen: set[str] = set()
    for statement in taken:
        text = ast.unparse(statement.value)
        if text in seen:
            return statement
        seen.add(text)
    return None


def last_return(node: ast.FunctionDef, binding: Binding) -> ast.AST | None:
    """The last `return`."""
    returns = [inner for inner in own(node) if isinstance(inner, ast.Return)]
    return max(returns, key=lambda inner: inner.lineno, default=None)


def repeated_list(node: ast.FunctionDef, binding: Binding) -> ast.AST | None:
    """`[x] * n` or `(x,) * n`."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.BinOp) and isinstance(inner.op, ast.Mult):
            if isinstance(inner.left, ast.List | ast.Tuple):
                return inner
            if isinstance(inner.right, ast.List | ast.Tuple):
                return inner
    return None


def detaching(node: ast.FunctionDef, binding: Binding) -> ast.AST | None:
    """`.detach()`, `.data` and others that end a gradient's way."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Attribute) and inner.attr in (
            "detach",
            "detach_",
            "data",
            "no_grad",
            "inference_mode",
            "set_grad_enabled",
        ):
            return inner
    return None


def turned_time(node: ast.FunctionDef, binding: Binding) -> ast.AST | None:
    """`reversed(...)`, `[::-1]`, `range(n, -1, -1)`, or an index ahead: `inputs[t + 1]`."""
    for inner in in_order(node):
        if isinstance(inner, ast.Call) and _turns_round(inner):
            return inner
        if isinstance(inner, ast.Slice) and inner.step is not None and is_negative(inner.step):
            return inner
        if isinstance(inner, ast.Subscript) and isinstance(inner.ctx, ast.Load):
            index = inner.slice
            ahead = [part for part in ast.walk(index) if isinstance(part, ast.BinOp)]
            of_inputs = is_part_of(inner.value, argument(binding, "inputs"))
            if of_inputs and any(isinstance(part.op, ast.Add) for part in ahead):
                return inner
    return None


def _turns_round(call: ast.Call) -> bool:
    if isinstance(call.func, ast.Attribute):
        return call.func.attr in ("flip", "flipud", "fliplr")
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    down = name == "range" and len(call.args) == 3 and is_negative(call.args[2])
    return name == "reversed" or down


def turned_rows(node: ast.FunctionDef, binding: Binding) -> ast.AST | None:
    """`outputs.insert(0, ...)`, or a row put before those that are there: `cat((new, all))`."""
    for inner in in_order(node):
        if not (isinstance(inner, ast.Call) and isinstance(inner.func, ast.Attribute)):
            continue
        first = inner.args[0] if inner.args else None
        if inner.func.attr == "insert" and isinstance(first, ast.Constant) and first.value == 0:
            return inner
        if inner.func.attr == "appendleft":
            return inner
    for statement in in_order(node):
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Call):
            grown = ast.unparse(statement.targets[0])
            call = statement.value
            parts = call.args[0] if call.args else None
            two = parts.elts if isinstance(parts, ast.Tuple | ast.List) else []
            if len(two) == 2 and ast.unparse(two[1]) == grown:
                return statement
    return None


def one_part(node: ast.FunctionDef, binding: Binding) -> ast.AST | None:
    """`h = state[0]`, the only statement that takes anything out of the state."""
    name = argument(binding, "state")
    taken = [
        inner
        for inner in in_order(node)
        if isinstance(inner, ast.Assign)
        and isinstance(inner.targets[0], ast.Name)
        and isinstance(inner.value, ast.Subscript)
        and isinstance(inner.value.slice, ast.Constant)
        and is_part_of(inner.value, name)
    ]
    return taken[0] if len(taken) == 1 else None


def old_below(node: ast.FunctionDef, binding: Binding) -> ast.AST | None:
    """The loop that goes from the top, or the layers below taken out of the old state."""
    name = argument(binding, "state")
    for inner in in_order(node):
        loop = inner.iter if isinstance(inner, ast.For) else None
        if isinstance(loop, ast.Call) and _turns_round(loop):
            return inner
        if isinstance(inner, ast.Assign):
            cut = [part for part in ast.walk(inner.value) if isinstance(part, ast.Subscript)]
            if any(isinstance(p.slice, ast.Slice) and is_part_of(p.value, name) for p in cut):
                return inner
    return None


def put_first(node: ast.FunctionDef, binding: Binding) -> ast.AST | None:
    """`states.insert(0, ...)`."""
    found = turned_rows(node, binding)
    method = found.func if isinstance(found, ast.Call) else None
    return found if isinstance(method, ast.Attribute) and method.attr == "insert" else None


def same_twice(node: ast.FunctionDef, binding: Binding) -> ast.AST | None:
    """`a = b = make()`, or one name twice in a list."""
    sizes = {argument.arg for argument in node.args.args}
    for inner in in_order(node):
        if isinstance(inner, ast.Assign) and len(inner.targets) > 1:
            value = inner.value.id if isinstance(inner.value, ast.Name) else None
            if value not in sizes:
                return inner
        if isinstance(inner, ast.List | ast.Tuple) and isinstance(inner.ctx, ast.Load):
            names = [part.id for part in inner.elts if isinstance(part, ast.Name)]
            if len(names) > len(set(names)):
                return inner
    return None


def left_early(node: ast.FunctionDef, binding: Binding) -> ast.AST | None:
    """A loop over layers that is left, or that counts one too few."""
    for inner in in_order(node):
        if isinstance(inner, ast.If) and any(isinstance(part, ast.Break) for part in inner.body):
            return inner
        if isinstance(inner, ast.For) and isinstance(inner.iter, ast.Call):
            less = [part for part in ast.walk(inner.iter) if isinstance(part, ast.BinOp)]
            if any(isinstance(part.op, ast.Sub) for part in less):
                return inner
    return None


def reshaped_inputs(node: ast.FunctionDef, binding: Binding) -> ast.AST | None:
    """`inputs.reshape(B, T, V)` and the like."""
    name = argument(binding, "inputs")
    for inner in in_order(node):
        if isinstance(inner, ast.Call) and isinstance(inner.func, ast.Attribute):
            turned = inner.func.attr in ("reshape", "view", "transpose", "permute", "swapaxes")
            if turned and is_part_of(inner.func.value, name):
                return inner
    return None


def without_device(node: ast.FunctionDef, binding: Binding) -> ast.AST | None:
    """A tensor made where it is not said where, or at a place that is written down."""
    device = argument(binding, "device")
    for inner in in_order(node):
        if not (isinstance(inner, ast.Call) and isinstance(inner.func, ast.Attribute)):
            continue
        if inner.func.attr in ("cuda", "cpu"):
            return inner
        if inner.func.attr in _MAKERS and ast.unparse(inner.func.value) in _TORCH:
            given = next((k.value for k in inner.keywords if k.arg == "device"), None)
            written = isinstance(given, ast.Constant) or given is None
            if written and not (device and device in ast.unparse(inner)):
                return inner
    return None


def from_outside(node: ast.FunctionDef, binding: Binding) -> ast.AST | None:
    """A statement that takes a value which an earlier call left behind."""
    outside = {
        name for inner in ast.walk(node) if isinstance(inner, ast.Global) for name in inner.names
    }
    defaults = zip(reversed(node.args.args), reversed(node.args.defaults), strict=False)
    outside |= {a.arg for a, value in defaults if isinstance(value, ast.Dict | ast.List | ast.Call)}
    outside |= {node.name}
    local = {
        inner.id
        for inner in ast.walk(node)
        if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store)
    } | {argument.arg for argument in ast.walk(node) if isinstance(argument, ast.arg)}
    written = [
        inner.value
        for inner in ast.walk(node)
        if isinstance(inner, ast.Subscript | ast.Attribute) and isinstance(inner.ctx, ast.Store)
    ]
    outside |= {base.id for base in written if isinstance(base, ast.Name) and base.id not in local}
    for inner in in_order(node):
        if isinstance(inner, ast.Assign):
            names = {part.id for part in ast.walk(inner.value) if isinstance(part, ast.Name)}
            if names & outside:
                return inner
    return None


def waiting(node: ast.FunctionDef, binding: Binding) -> ast.AST | None:
    """A loop without an end of its own, or a call that waits."""
    for inner in in_order(node):
        if isinstance(inner, ast.While):
            return inner
        if isinstance(inner, ast.Call) and ast.unparse(inner.func).endswith(("sleep", "input")):
            return inner
    return None


def counting_layers(node: ast.FunctionDef, binding: Binding) -> ast.AST | None:
    """Where the number of layers is counted with."""
    layers = argument(binding, "layers")
    for inner in in_order(node):
        if isinstance(inner, ast.BinOp | ast.Call) and mentions(inner, {layers}):
            return inner
    return None


def counted_layers(prepared: Prepared) -> Place:
    """Where any function changes the number of layers, or the module says it."""
    bindings = [binding for _, binding in prepared.contract.bindings()]
    names = {argument(binding, "layers") for binding in bindings} - {None}
    for statement in prepared.all_statements:
        if isinstance(statement.node, ast.FunctionDef):
            for inner in in_order(statement.node):
                changed = isinstance(inner, ast.BinOp) and isinstance(inner.op, ast.Add)
                if changed and mentions(inner, names):
                    return place(prepared, statement, inner)
    for statement in prepared.all_statements:
        node = statement.node
        named = any(kind_of(name, "get_params") == "layers" for name in statement.binds)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and named:
            return place(prepared, statement, node)
    return Place()


def constructed_layer(prepared: Prepared) -> Place:
    """`nn.GRU(...)`, `torch.nn.LSTMCell(...)` in any function."""
    for statement in prepared.all_statements:
        if not isinstance(statement.node, ast.FunctionDef):
            continue
        for inner in in_order(statement.node):
            called = inner.func if isinstance(inner, ast.Call) else None
            if isinstance(called, ast.Attribute) and called.attr in _LAYERS:
                return place(prepared, statement, inner)
    return Place()


def definition_itself(node: ast.FunctionDef, binding: Binding) -> ast.AST | None:
    """The `def` line."""
    return node


def without_gradient(node: ast.FunctionDef, binding: Binding) -> ast.AST | None:
    """`param.requires_grad` that is only named, or set to False."""
    for inner in in_order(node):
        named = inner.value if isinstance(inner, ast.Expr) else None
        if isinstance(named, ast.Attribute) and named.attr.startswith("requires_grad"):
            return inner
    return None


_TORCH = ("torch", "th", "d2l", "T", "tc", "t", "nn.init", "torch.nn.init")

_MAKERS = (
    *("zeros", "ones", "empty", "full", "randn", "rand", "normal", "tensor", "eye", "arange"),
    *("as_tensor", "from_numpy", "Tensor", "FloatTensor"),
)

_LAYERS = ("RNN", "GRU", "LSTM", "RNNCell", "GRUCell", "LSTMCell")
