"""The styles that submissions are generated in."""

from __future__ import annotations

from pytest_deeprnn.core.function_roles import FUNCTION_ROLES
from pytest_deeprnn.instructor.audit import sums
from pytest_deeprnn.instructor.audit.style import Style

_BOOK = {
    "R_t": "R",
    "Z_t": "Z",
    "H_tilde": "H_tilda",
    "I_t": "I",
    "F_t": "F",
    "O_t": "O",
    "C_tilde": "C_tilda",
    "below": "inp",
    "outputs": "outputs",
    "layer": "layer",
}
_SMALL = {
    "X": "x",
    "H": "h",
    "C": "c",
    "R_t": "r",
    "Z_t": "z",
    "H_tilde": "n",
    "I_t": "i",
    "F_t": "f",
    "O_t": "o",
    "C_tilde": "g",
    "below": "y",
    "outputs": "ys",
    "layer": "k",
}
_WORDS = {
    "X": "x",
    "H": "h",
    "C": "memory",
    "R_t": "reset",
    "Z_t": "update",
    "H_tilde": "candidate",
    "I_t": "input_gate",
    "F_t": "forget_gate",
    "O_t": "output_gate",
    "C_tilde": "candidate",
    "below": "current",
    "outputs": "logits",
    "layer": "layer",
}
_BOOK_SIZES = ("vocab_size", "num_hiddens", "num_layers", "batch_size", "device")

STYLES = (
    Style(
        name="book",
        about="the book's names, one flat list of parameters, a tuple of states",
        sums=sums.separate,
        product="@",
        holder="flat",
        names=_BOOK,
        functions=FUNCTION_ROLES,
        sizes=_BOOK_SIZES,
        state="pairs",
        sequence="tuple",
        update="append",
    ),
    Style(
        name="dicts",
        about="a dictionary of weights for each layer, states written in place, torch.mm",
        sums=sums.separate,
        product="mm",
        holder="dicts",
        names=_SMALL,
        functions=("init_params", "begin_state", "net"),
        sizes=("input_size", "hidden_size", "n_layers", "bs", "dev"),
        state="flat",
        sequence="list",
        update="place",
        late=True,
    ),
    Style(
        name="fused",
        about="all gates in one matrix and chunk, named tuples, one stacked state",
        sums=sums.side_by_side,
        product="@",
        holder="record",
        names=_SMALL,
        functions=FUNCTION_ROLES,
        sizes=("vocab_size", "hidden_size", "num_layers", "batch_size", "device"),
        state="stacked",
        sequence="list",
        update="append",
        late=True,
        resets_after=True,
    ),
    Style(
        name="by-hand",
        about="layers one after another by hand, H1, H2, as many as the exercise asks for at least",
        sums=sums.separate,
        product="@",
        holder="flat",
        names=_BOOK,
        functions=("get_params", "init_state", "deep_rnn"),
        sizes=_BOOK_SIZES,
        state="flat",
        sequence="tuple",
        update="place",
        by_hand=True,
    ),
    Style(
        name="linear",
        about="F.linear with transposed weights, nn.Parameter, a function for the cell",
        sums=sums.separate,
        product="linear",
        holder="groups",
        names=_WORDS,
        functions=("create_params", "init_hidden", "forward"),
        sizes=("vocab_size", "hidden_dim", "num_layers", "batch_size", "device"),
        state="pairs",
        sequence="list",
        update="append",
        helper=True,
    ),
    Style(
        name="joined",
        about="X and H side by side times one weight for each gate",
        sums=sums.joined,
        product="@",
        holder="groups",
        names=_BOOK,
        functions=FUNCTION_ROLES,
        sizes=("V", "H", "L", "B", "device"),
        state="flat",
        sequence="tuple",
        update="place",
    ),
)
NAMES = tuple(style.name for style in STYLES)


def named(name: str) -> Style:
    """The style of this name."""
    return next(style for style in STYLES if style.name == name)
