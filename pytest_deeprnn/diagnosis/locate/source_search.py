"""The student's line that a root cause lies in, searched for in the syntax tree."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterator

from pytest_deeprnn.core.finding import Finding, Place
from pytest_deeprnn.submission.binding import Binding
from pytest_deeprnn.submission.prepare import Prepared
from pytest_deeprnn.submission.synonyms import Kind, kind_of
from pytest_deeprnn.submission.syntax import Statement

Search = Callable[[ast.FunctionDef, Binding], ast.AST | None]


def telling(prepared: Prepared, finding: Finding) -> Place:
    """A line that is the cause wherever the trouble shows; an empty place where none is."""
    return _search(prepared, finding, _TELLING)


def specific(prepared: Prepared, finding: Finding) -> Place:
    """A line that looks like the cause itself; an empty place where none does."""
    anywhere = _ANYWHERE.get(finding.code)
    place = Place() if anywhere is None else anywhere(prepared)
    if place.line is not None:
        return place
    return _search(prepared, finding, _SPECIFIC)


def general(prepared: Prepared, finding: Finding) -> Place:
    """The line where such a cause usually lies; an empty place where none is usual."""
    return _search(prepared, finding, _GENERAL)


def _search(
    prepared: Prepared, finding: Finding, searches: dict[str, tuple[tuple[str, Search], ...]]
) -> Place:
    for role, search in searches.get(finding.code, ()):
        if finding.function not in (None, role):
            continue
        binding: Binding | None = getattr(prepared.contract, role)
        node = None if binding is None else _definition(prepared, binding)
        if node is None or binding is None:
            continue
        found = search(node, binding)
        if found is not None:
            filename = prepared.filename_of(binding.function)
            return Place(filename, getattr(found, "lineno", None))
    return Place()


def _definition(prepared: Prepared, binding: Binding) -> ast.FunctionDef | None:
    filename = prepared.filename_of(binding.function)
    for statement in reversed(prepared.all_statements):
        if prepared.pieces[statement.piece].filename == filename:
            for node in ast.walk(statement.node):
                if isinstance(node, ast.FunctionDef) and node.lineno == binding.function.line:
                    return node
    return None


def _argument(binding: Binding, kind: Kind) -> str | None:
    return next((name for name, found in binding.keyword.items() if found == kind), None)


def _slid(node: ast.FunctionDef, binding: Binding) -> ast.AST | None:
    """`params[2 * i : 2 * i + 3]`: slices that are longer, or shorter, than they lie apart."""
    for inner in _in_order(node):
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


def _repeated_name(node: ast.FunctionDef, binding: Binding) -> ast.AST | None:
    """`upper * (num_layers - 1)` where `upper` is a list."""
    lists = {
        inner.targets[0].id
        for inner in ast.walk(node)
        if isinstance(inner, ast.Assign)
        and isinstance(inner.targets[0], ast.Name)
        and isinstance(inner.value, ast.List | ast.Tuple | ast.ListComp)
    }
    for inner in _in_order(node):
        match inner:
            case ast.BinOp(left=left, op=ast.Mult(), right=right):
                if any(isinstance(one, ast.Name) and one.id in lists for one in (left, right)):
                    return inner
    return None


def _by_availability(node: ast.FunctionDef, binding: Binding) -> ast.AST | None:
    """A device that is chosen by `torch.cuda.is_available()` instead of by the argument."""
    for inner in _in_order(node):
        if isinstance(inner, ast.Attribute) and inner.attr == "is_available":
            return inner
    return None


def _unpacked_twice(node: ast.FunctionDef, binding: Binding) -> ast.AST | None:
    """The second statement that takes its state from the whole of `state`."""
    name = _argument(binding, "state")
    taken = [
        inner
        for inner in ast.walk(node)
        if isinstance(inner, ast.Assign) and _is_part_of(inner.value, name)
    ]
    taken.sort(key=lambda inner: inner.lineno)
    seen: set[str] = set()
    for statement in taken:
        text = ast.unparse(statement.value)
        if text in seen:
            return statement
        seen.add(text)
    return None


def _is_part_of(value: ast.expr, name: str | None) -> bool:
    while isinstance(value, ast.Subscript):
        value = value.value
    return isinstance(value, ast.Name) and value.id == name


def _last_return(node: ast.FunctionDef, binding: Binding) -> ast.AST | None:
    returns = [inner for inner in _own(node) if isinstance(inner, ast.Return)]
    return max(returns, key=lambda inner: inner.lineno, default=None)


def _repeated_list(node: ast.FunctionDef, binding: Binding) -> ast.AST | None:
    """`[x] * n` or `(x,) * n`."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.BinOp) and isinstance(inner.op, ast.Mult):
            if isinstance(inner.left, ast.List | ast.Tuple):
                return inner
            if isinstance(inner.right, ast.List | ast.Tuple):
                return inner
    return None


def _detaching(node: ast.FunctionDef, binding: Binding) -> ast.AST | None:
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


def _own(node: ast.FunctionDef) -> Iterator[ast.AST]:
    """The nodes of a function without those of functions inside it."""
    waiting: list[ast.AST] = list(node.body)
    while waiting:
        inner = waiting.pop()
        yield inner
        if not isinstance(inner, ast.FunctionDef | ast.Lambda | ast.ClassDef):
            waiting.extend(ast.iter_child_nodes(inner))


def _turned_time(node: ast.FunctionDef, binding: Binding) -> ast.AST | None:
    """`reversed(...)`, `[::-1]`, `range(n, -1, -1)`, or an index ahead: `inputs[t + 1]`."""
    for inner in _in_order(node):
        if isinstance(inner, ast.Call) and _turns_round(inner):
            return inner
        if isinstance(inner, ast.Slice) and inner.step is not None and _is_negative(inner.step):
            return inner
        if isinstance(inner, ast.Subscript) and isinstance(inner.ctx, ast.Load):
            index = inner.slice
            ahead = [part for part in ast.walk(index) if isinstance(part, ast.BinOp)]
            of_inputs = _is_part_of(inner.value, _argument(binding, "inputs"))
            if of_inputs and any(isinstance(part.op, ast.Add) for part in ahead):
                return inner
    return None


def _turns_round(call: ast.Call) -> bool:
    if isinstance(call.func, ast.Attribute):
        return call.func.attr in ("flip", "flipud", "fliplr")
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    down = name == "range" and len(call.args) == 3 and _is_negative(call.args[2])
    return name == "reversed" or down


def _turned_rows(node: ast.FunctionDef, binding: Binding) -> ast.AST | None:
    """`outputs.insert(0, ...)`, or a row put before those that are there: `cat((new, all))`."""
    for inner in _in_order(node):
        if not (isinstance(inner, ast.Call) and isinstance(inner.func, ast.Attribute)):
            continue
        first = inner.args[0] if inner.args else None
        if inner.func.attr == "insert" and isinstance(first, ast.Constant) and first.value == 0:
            return inner
        if inner.func.attr == "appendleft":
            return inner
    for statement in _in_order(node):
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Call):
            grown = ast.unparse(statement.targets[0])
            call = statement.value
            parts = call.args[0] if call.args else None
            two = parts.elts if isinstance(parts, ast.Tuple | ast.List) else []
            if len(two) == 2 and ast.unparse(two[1]) == grown:
                return statement
    return None


def _one_part(node: ast.FunctionDef, binding: Binding) -> ast.AST | None:
    """`h = state[0]`, the only statement that takes anything out of the state."""
    name = _argument(binding, "state")
    taken = [
        inner
        for inner in _in_order(node)
        if isinstance(inner, ast.Assign)
        and isinstance(inner.targets[0], ast.Name)
        and isinstance(inner.value, ast.Subscript)
        and isinstance(inner.value.slice, ast.Constant)
        and _is_part_of(inner.value, name)
    ]
    return taken[0] if len(taken) == 1 else None


def _old_below(node: ast.FunctionDef, binding: Binding) -> ast.AST | None:
    """The loop that goes from the top, or the layers below taken out of the old state."""
    name = _argument(binding, "state")
    for inner in _in_order(node):
        loop = inner.iter if isinstance(inner, ast.For) else None
        if isinstance(loop, ast.Call) and _turns_round(loop):
            return inner
        if isinstance(inner, ast.Assign):
            cut = [part for part in ast.walk(inner.value) if isinstance(part, ast.Subscript)]
            if any(isinstance(p.slice, ast.Slice) and _is_part_of(p.value, name) for p in cut):
                return inner
    return None


def _put_first(node: ast.FunctionDef, binding: Binding) -> ast.AST | None:
    """`states.insert(0, ...)`."""
    found = _turned_rows(node, binding)
    method = found.func if isinstance(found, ast.Call) else None
    return found if isinstance(method, ast.Attribute) and method.attr == "insert" else None


def _same_twice(node: ast.FunctionDef, binding: Binding) -> ast.AST | None:
    """`a = b = make()`, or one name twice in a list."""
    sizes = {argument.arg for argument in node.args.args}
    for inner in _in_order(node):
        if isinstance(inner, ast.Assign) and len(inner.targets) > 1:
            value = inner.value.id if isinstance(inner.value, ast.Name) else None
            if value not in sizes:
                return inner
        if isinstance(inner, ast.List | ast.Tuple) and isinstance(inner.ctx, ast.Load):
            names = [part.id for part in inner.elts if isinstance(part, ast.Name)]
            if len(names) > len(set(names)):
                return inner
    return None


def _left_early(node: ast.FunctionDef, binding: Binding) -> ast.AST | None:
    """A loop over layers that is left, or that counts one too few."""
    for inner in _in_order(node):
        if isinstance(inner, ast.If) and any(isinstance(part, ast.Break) for part in inner.body):
            return inner
        if isinstance(inner, ast.For) and isinstance(inner.iter, ast.Call):
            less = [part for part in ast.walk(inner.iter) if isinstance(part, ast.BinOp)]
            if any(isinstance(part.op, ast.Sub) for part in less):
                return inner
    return None


def _reshaped_inputs(node: ast.FunctionDef, binding: Binding) -> ast.AST | None:
    """`inputs.reshape(B, T, V)` and the like."""
    name = _argument(binding, "inputs")
    for inner in _in_order(node):
        if isinstance(inner, ast.Call) and isinstance(inner.func, ast.Attribute):
            turned = inner.func.attr in ("reshape", "view", "transpose", "permute", "swapaxes")
            if turned and _is_part_of(inner.func.value, name):
                return inner
    return None


def _is_negative(value: ast.expr) -> bool:
    return isinstance(value, ast.UnaryOp) and isinstance(value.op, ast.USub)


def _without_device(node: ast.FunctionDef, binding: Binding) -> ast.AST | None:
    """A tensor made where it is not said where, or at a place that is written down."""
    device = _argument(binding, "device")
    for inner in _in_order(node):
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


def _from_outside(node: ast.FunctionDef, binding: Binding) -> ast.AST | None:
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
    for inner in _in_order(node):
        if isinstance(inner, ast.Assign):
            names = {part.id for part in ast.walk(inner.value) if isinstance(part, ast.Name)}
            if names & outside:
                return inner
    return None


def _waiting(node: ast.FunctionDef, binding: Binding) -> ast.AST | None:
    """A loop without an end of its own, or a call that waits."""
    for inner in _in_order(node):
        if isinstance(inner, ast.While):
            return inner
        if isinstance(inner, ast.Call) and ast.unparse(inner.func).endswith(("sleep", "input")):
            return inner
    return None


def _counting_layers(node: ast.FunctionDef, binding: Binding) -> ast.AST | None:
    """Where the number of layers is counted with."""
    layers = _argument(binding, "layers")
    for inner in _in_order(node):
        if isinstance(inner, ast.BinOp | ast.Call) and _names(inner, {layers}):
            return inner
    return None


def _names(node: ast.AST, names: set[str | None]) -> bool:
    return any(isinstance(part, ast.Name) and part.id in names for part in ast.walk(node))


def _counted_layers(prepared: Prepared) -> Place:
    """Where any function changes the number of layers, or the module says it."""
    bindings = [binding for _, binding in prepared.contract.bindings()]
    names = {_argument(binding, "layers") for binding in bindings} - {None}
    for statement in prepared.all_statements:
        if isinstance(statement.node, ast.FunctionDef):
            for inner in _in_order(statement.node):
                changed = isinstance(inner, ast.BinOp) and isinstance(inner.op, ast.Add)
                if changed and _names(inner, names):
                    return _place(prepared, statement, inner)
    for statement in prepared.all_statements:
        node = statement.node
        named = any(kind_of(name, "get_params") == "layers" for name in statement.binds)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and named:
            return _place(prepared, statement, node)
    return Place()


def _constructed_layer(prepared: Prepared) -> Place:
    """`nn.GRU(...)`, `torch.nn.LSTMCell(...)` in any function."""
    for statement in prepared.all_statements:
        if not isinstance(statement.node, ast.FunctionDef):
            continue
        for inner in _in_order(statement.node):
            called = inner.func if isinstance(inner, ast.Call) else None
            if isinstance(called, ast.Attribute) and called.attr in _LAYERS:
                return _place(prepared, statement, inner)
    return Place()


def _place(prepared: Prepared, statement: Statement, node: ast.AST) -> Place:
    return Place(prepared.pieces[statement.piece].filename, getattr(node, "lineno", None))


def _definition_itself(node: ast.FunctionDef, binding: Binding) -> ast.AST | None:
    return node


def _without_gradient(node: ast.FunctionDef, binding: Binding) -> ast.AST | None:
    """`param.requires_grad` that is only named, or set to False."""
    for inner in _in_order(node):
        named = inner.value if isinstance(inner, ast.Expr) else None
        if isinstance(named, ast.Attribute) and named.attr.startswith("requires_grad"):
            return inner
    return None


def _in_order(node: ast.AST) -> list[ast.AST]:
    """All nodes that have a line, from the first."""
    found = [inner for inner in ast.walk(node) if hasattr(inner, "lineno") and inner is not node]
    return sorted(found, key=operator.attrgetter("lineno", "col_offset"))


_TORCH = ("torch", "th", "d2l", "T", "tc", "t", "nn.init", "torch.nn.init")
_MAKERS = (
    *("zeros", "ones", "empty", "full", "randn", "rand", "normal", "tensor", "eye", "arange"),
    *("as_tensor", "from_numpy", "Tensor", "FloatTensor"),
)
_LAYERS = ("RNN", "GRU", "LSTM", "RNNCell", "GRUCell", "LSTMCell")
_ANYWHERE: dict[str, Callable[[Prepared], Place]] = {
    "layer-count": _counted_layers,
    "forbidden-api": _constructed_layer,
}
_TELLING: dict[str, tuple[tuple[str, Search], ...]] = {
    "hardcoded-shape": (("forward", _slid),),
    "crash": (("forward", _slid),),
    "hardcoded-device": (("forward", _by_availability),),
}
_SPECIFIC: dict[str, tuple[tuple[str, Search], ...]] = {
    "shared-state": (("forward", _unpacked_twice), ("forward", _one_part)),
    "stale-layer-input": (("forward", _old_below),),
    "state-aliased": (("init_state", _repeated_list),),
    "params-shared": (
        ("get_params", _repeated_list),
        ("get_params", _repeated_name),
        ("get_params", _same_twice),
    ),
    "unused-layer": (("forward", _left_early),),
    "state-order": (("forward", _put_first),),
    "batch-mixing": (("forward", _reshaped_inputs),),
    "params-no-grad": (("get_params", _without_gradient),),
    "not-causal": (("forward", _turned_time),),
    "output-order": (("forward", _turned_rows),),
    "state-global": (("forward", _from_outside),),
    "timeout": (("forward", _waiting), ("init_state", _waiting), ("get_params", _waiting)),
    "layer-count": (("get_params", _counting_layers),),
    "hardcoded-device": (
        ("get_params", _without_device),
        ("init_state", _without_device),
        ("forward", _without_device),
    ),
}
_GENERAL: dict[str, tuple[tuple[str, Search], ...]] = {
    "state-aliased": (("init_state", _last_return),),
    "state-not-returned": (("forward", _last_return),),
    "state-incomplete": (("forward", _last_return), ("init_state", _last_return)),
    "state-order": (("forward", _last_return),),
    "state-init": (("init_state", _last_return),),
    "state-shape": (("init_state", _last_return),),
    "output-shape": (("forward", _last_return),),
    "output-order": (("forward", _last_return),),
    "state-detached": (("forward", _detaching),),
    "wrong-signature": (
        ("get_params", _definition_itself),
        ("init_state", _definition_itself),
        ("forward", _definition_itself),
    ),
}
