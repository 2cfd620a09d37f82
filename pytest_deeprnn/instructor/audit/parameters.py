"""The text of get_params: which tensors there are, their shapes, and what holds them."""

from __future__ import annotations

from pytest_deeprnn.instructor.audit.errors import Inexpressible
from pytest_deeprnn.instructor.audit.network import Network
from pytest_deeprnn.instructor.audit.style import Style
from pytest_deeprnn.instructor.audit.sums import Weight
from pytest_deeprnn.instructor.audit.text import bracketed, indented

_HEAD = ("W_hq", "b_q")


def make(network: Network, style: Style) -> list[str]:
    """The function that makes all parameters; raises Inexpressible."""
    arguments = [style.vocab, style.hiddens, style.device]
    if network.form == "any" and not network.own_widths:
        arguments.insert(2, style.count)
    body = [*_makers(network, style), ""]
    body += _in_loop(network, style) if network.form == "any" else _by_hand(network, style)
    return [f"def {style.functions[0]}({', '.join(arguments)}):", *indented(body)]


def records(network: Network, style: Style) -> list[str]:
    """The classes that hold parameters, where the style has any."""
    if style.holder != "record":
        return []
    classes = {layer_class(network, number): number for number in reversed(network.numbers)}
    found: list[str] = []
    for name, number in reversed(classes.items()):
        fields = [f"    {one.name}: torch.Tensor" for one in network.layers[number].weights]
        found += [f"class {name}(NamedTuple):", *fields, "", ""]
    head = ["    layers: list", "    W_hq: torch.Tensor", "    b_q: torch.Tensor"]
    return [*found, "class Net(NamedTuple):", *head]


def layer_class(network: Network, layer: int) -> str:
    """The class that holds a layer's parameters: one for each kind of cell."""
    several = len({one.cell for one in network.layers}) > 1
    return f"{network.layers[layer].cell.upper()}Layer" if several else "Layer"


def key(weight: Weight | str, style: Style) -> str:
    """A weight's name in the learner's words."""
    name = weight if isinstance(weight, str) else weight.name
    return name.replace("_", "") if style.holder == "dicts" else name


def _marks_at_end(style: Style) -> bool:
    """Whether gradients are asked for once all parameters are there."""
    return style.holder in ("flat", "groups") and style.product != "linear"


def _makers(network: Network, style: Style) -> list[str]:
    """Local functions that make one weight, and one bias."""
    setup = network.setup
    where = "" if setup.on_cpu else f", device={style.device}"
    asked = ", requires_grad=True" if setup.gradients == "product" else ""
    drawn = {
        "normal": f"torch.randn(*shape{where}{asked}) * 0.01",
        "large": f"torch.randn(*shape{where}{asked}) * 10",
        "zeros": f"torch.zeros(*shape{where})",
        "ones": f"torch.ones(*shape{where})",
    }[setup.weights]
    nothing = f"torch.zeros(n{where})"
    return [
        "def normal(*shape):",
        f"    return {_learnt(drawn, network, style, setup.gradients == 'product')}",
        "",
        "def zeros(n):",
        f"    return {_learnt(nothing, network, style, False)}",
    ]


def _learnt(tensor: str, network: Network, style: Style, is_product: bool) -> str:
    gradients = network.setup.gradients
    if style.product == "linear":
        if is_product:
            raise Inexpressible("nn.Parameter makes a leaf of anything")
        return f"nn.Parameter({tensor}{', requires_grad=False' if gradients == 'none' else ''})"
    if is_product or _marks_at_end(style) or gradients == "none":
        return tensor
    return f"({tensor}).requires_grad_()"


def _in_loop(network: Network, style: Style) -> list[str]:
    layer, width = style.local("layer"), style.hiddens
    body = [*_inputs_in_loop(network, style)]
    if network.own_widths:
        width = "width"
        body.insert(0, f"{width} = {style.hiddens}[{layer}]")
    entries = _entries(network.layers[0].weights, "n_in", width, style)
    all_ = "layers" if style.holder == "record" else "params"
    start, end = _brackets(network, style, 0)
    if style.holder == "flat":
        added = bracketed(f"{all_} += [", entries, "]")
    else:
        added = bracketed(f"{all_}.append({start}", entries, f"{end})")
    count = f"len({style.hiddens})" if network.own_widths else style.count
    return [
        f"{all_} = []",
        f"for {layer} in range({count}):",
        *indented([*body, *added]),
        *_finished(network, style),
    ]


def _inputs_in_loop(network: Network, style: Style) -> list[str]:
    """Lines that set n_in, a layer's number of inputs."""
    layer = style.local("layer")
    sources = [network.source(number) for number in network.numbers]
    if all(source is None for source in sources):
        return [f"n_in = {style.vocab}"]
    below = f"{style.hiddens}[{layer} - 1]" if network.own_widths else style.hiddens
    lines = [f"n_in = {style.vocab} if {layer} == 0 else {below}"]
    for number, source in enumerate(sources):
        if number and source is None:
            lines += [f"if {layer} == {number}:", f"    n_in = {style.vocab}"]
        elif number and network.own_widths and source != number - 1:
            lines += [f"if {layer} == {number}:", f"    n_in = {style.hiddens}[{source}]"]
    return lines


def _by_hand(network: Network, style: Style) -> list[str]:
    lines, widths = _widths(network, style)
    groups = []
    for number, layer in enumerate(network.layers):
        source = network.source(number)
        n_in = style.vocab if source is None else widths[source]
        groups.append((layer.weights, _entries(layer.weights, n_in, widths[number], style)))
    if style.holder == "flat":
        return [*lines, *_named_one_by_one(network, style, groups)]
    rows = []
    for number, (_, entries) in enumerate(groups):
        start, end = _brackets(network, style, number)
        rows += bracketed(start, entries, f"{end},")
    all_ = "layers" if style.holder == "record" else "params"
    return [*lines, f"{all_} = [", *indented(rows), "]", *_finished(network, style)]


def _brackets(network: Network, style: Style, layer: int) -> tuple[str, str]:
    """What stands around a layer's parameters."""
    record = f"{layer_class(network, layer)}("
    return {"dicts": ("{", "}"), "record": (record, ")")}.get(style.holder, ("[", "]"))


def _widths(network: Network, style: Style) -> tuple[list[str], list[str]]:
    """A line that takes the widths apart, and each layer's width."""
    if not network.own_widths:
        return [], [style.hiddens] * network.depth
    names = [f"width{number + 1}" for number in network.numbers]
    return [f"{', '.join(names)} = {style.hiddens}"], names


def _named_one_by_one(
    network: Network, style: Style, groups: list[tuple[tuple[Weight, ...], list[str]]]
) -> list[str]:
    lines, names = [], []
    for number, (weights, entries) in enumerate(groups):
        for weight, entry in zip(weights, entries, strict=True):
            names.append(f"{weight.name}{suffix(network, number)}")
            lines.append(f"{names[-1]} = {entry}")
    head = _head(network, style)
    lines += [f"{name} = {entry}" for name, entry in zip(_HEAD, head, strict=True)]
    lines += bracketed("params = [", [*names, *_HEAD], "]")
    return [*lines, *_marked(network, style), "return params"]


def suffix(network: Network, layer: int) -> str:
    """What stands behind a name that belongs to one layer."""
    return "" if network.form == "one" else str(layer + 1)


def _head(network: Network, style: Style) -> list[str]:
    width = style.hiddens
    if network.own_widths:
        width += "[-1]" if network.shown is None else f"[{network.shown}]"
    shape = (style.vocab, width) if style.product == "linear" else (width, style.vocab)
    return [f"normal({', '.join(shape)})", f"zeros({style.vocab})"]


def _finished(network: Network, style: Style) -> list[str]:
    """The output layer's parameters, gradients, and the end."""
    head = _head(network, style)
    if style.holder == "record":
        return [f"return Net(layers, {', '.join(head)})"]
    if style.holder == "flat":
        added = [f"params += [{', '.join(head)}]"]
    elif style.holder == "dicts":
        pairs = (f"{key(n, style)!r}: {e}" for n, e in zip(_HEAD, head, strict=True))
        added = [f"params.append({{{', '.join(pairs)}}})"]
    else:
        added = [f"params.append([{', '.join(head)}])"]
    return [*added, *_marked(network, style), "return params"]


def _marked(network: Network, style: Style) -> list[str]:
    if not _marks_at_end(style) or network.setup.gradients == "none":
        return []
    if style.holder == "flat":
        return ["for param in params:", "    param.requires_grad_(True)"]
    inner = ["    for param in group:", "        param.requires_grad_(True)"]
    return ["for group in params:", *inner]


def _entries(weights: tuple[Weight, ...], n_in: str, width: str, style: Style) -> list[str]:
    """What makes each weight, with its name before it where the holder has names."""
    made = [_call(weight, n_in, width, style) for weight in weights]
    if style.holder == "dicts":
        return [f"{key(w, style)!r}: {one}" for w, one in zip(weights, made, strict=True)]
    if style.holder == "record":
        return [f"{w.name}={one}" for w, one in zip(weights, made, strict=True)]
    return made


def _call(weight: Weight, n_in: str, width: str, style: Style) -> str:
    wide = width if len(weight.gates) == 1 else f"{len(weight.gates)} * {width}"
    if weight.kind in ("b", "c"):
        return f"zeros({wide})"
    rows = {"x": n_in, "h": width, "xh": f"{n_in} + {width}"}[weight.kind]
    return f"normal({', '.join((wide, rows) if style.product == 'linear' else (rows, wide))})"
