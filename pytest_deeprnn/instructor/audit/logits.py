"""The text of the output layer, and of what forward returns."""

from __future__ import annotations

from pytest_deeprnn.instructor.audit import access
from pytest_deeprnn.instructor.audit.errors import Inexpressible
from pytest_deeprnn.instructor.audit.network import Network
from pytest_deeprnn.instructor.audit.style import Style
from pytest_deeprnn.instructor.audit.text import in_words

_HIDDENS = "torch.cat(hiddens)"
_STEPS = "outputs.unflatten(0, (len(hiddens), -1))"
_ALL = "logits"


def each_step(network: Network, style: Style, shown: str) -> str:
    """The line at the end of a step; `shown` is what the output layer reads."""
    value = shown if style.late else _product(network, style, shown)
    return f"{style.local('outputs')}.append({value})"


def after_steps(network: Network, style: Style) -> list[str]:
    """Lines between the loop over time and the return."""
    if not style.late:
        return []
    collected = f"torch.cat({style.local('outputs')})"
    return [f"{_ALL} = {_product(network, style, collected)}"]


def _product(network: Network, style: Style, hiddens: str) -> str:
    text = network.wires.outputs.replace(_HIDDENS, "shown")
    if style.product == "linear" and "(network" in text:
        raise Inexpressible("a transposed weight and the bias do not add up")
    words = in_words(text, style.local, access.head(style), product=style.product)
    is_sum = " + " in hiddens and style.product == "@"
    return words.replace("shown", f"({hiddens})" if is_sum else hiddens)


def returned(network: Network, style: Style, state: str) -> str:
    """The return statement; `state` is what is given back as the new state."""
    if network.setup.state == "none":
        return f"return {_outputs(network, style)}"
    if network.wires.state == "state":
        state = "state"
    return f"return {_outputs(network, style)}, {state}"


def _outputs(network: Network, style: Style) -> str:
    name, text = style.local("outputs"), network.wires.returned
    form = network.setup.outputs
    if form != "rows":
        steps = f"{_ALL}.unflatten(0, (len({name}), -1))" if style.late else f"torch.stack({name})"
        return f"list({steps})" if form == "list" else steps
    if style.late:
        return text.replace("hiddens", name).replace("outputs", _ALL)
    stacked = text.replace(_STEPS, f"torch.stack({name})")
    return stacked.replace("outputs", f"torch.cat({name})", 1) if stacked == text else stacked
