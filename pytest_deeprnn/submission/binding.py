"""Gives each argument of a function its kind of value: by names, else by what usually stands there.

Every choice of kinds has a cost: what a name says against it, what is given twice or not at all,
and what stands in another order than usual. The cheapest is taken; the next ones are for trials.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from pytest_deeprnn.core.function_roles import FunctionRole
from pytest_deeprnn.sandbox.protocol import object_path
from pytest_deeprnn.submission.function import Argument, Function
from pytest_deeprnn.submission.synonyms import EXPECTED, FIXED, REQUIRED, Kind, hinted_kind, kind_of

_UNMISTAKABLE = ("batch_size", "batchsize", "vocab_size", "num_hiddens", "hidden_size")
_Choice = Kind | None
#: What an argument of no usual name stands for; a device is rarer than a size, layers are rarest.
_UNNAMED: dict[str, float] = {
    "vocab": 0, "batch": 0, "hiddens": 0, "inputs": 0, "state": 0, "params": 0,
    "device": 1, "layers": 2,
}  # fmt: skip
_RARE_IN_FORWARD = 4.0  # it needs neither
_AGAINST_NAME = 12.0
_AGAINST_LETTER = 4.0
#: These letters are no words: they mean what the other arguments leave.
_LOOSE = frozenset("ndkmqspNDKMQSP")
_AGAINST_LOOSE = 1.0
_DEPTHS = range(1, 10)
_AGAINST_HINT = 6.0
_BY_HINT = 0.5
_BY_DEFAULT = 0.7
_BY_MODULE = 3.0  # a default that the module makes may be any: units=UNITS
#: The text of a default that is no constant.
_MODULES = re.compile(r"(?!None$|True$|False$)[^\W\d]")
_UNBOUND = 4.0
#: For what a caller must be able to give: the module may have it as a constant.
ABSENT = 4.0
_TWICE = 10.0
_SIZE_TWICE = 5.0  # V once for what comes in and once for what goes out
_PARTS = 0.5
#: What forward may take in the place of one state: H and C of an LSTM, each by itself.
_STATE_PARTS = frozenset(
    (
        *("h", "c", "h0", "c0", "hx", "cx", "h_t", "c_t", "h_prev", "c_prev", "prev_h", "prev_c"),
        *("hs", "cs", "hidden", "cell", "hidden_state", "cell_state", "hiddens", "cells", "memory"),
    )
)
_MOST_CHOICES = 20_000
_WITHIN = 6.0  # what costs so much more than the cheapest is not worth a trial


class Binding(msgspec.Struct, frozen=True, kw_only=True):
    """Which kind of value each argument of a function takes.

    `unbound` are those left over, `guessed` those whose name does not say what they take;
    `settled` where a trial has shown that the guess works.
    """

    function: Function
    positional: tuple[Kind, ...]
    keyword: dict[str, Kind]
    unbound: tuple[str, ...] = ()
    guessed: tuple[str, ...] = ()
    cost: float = 0.0
    settled: bool = False

    @property
    def kinds(self) -> frozenset[Kind]:
        """All kinds that the function takes."""
        return frozenset(self.positional) | frozenset(self.keyword.values())

    @property
    def splits_state(self) -> bool:
        """Tell whether the state's parts are arguments of their own, in their order."""
        return [*self.positional, *self.keyword.values()].count("state") > 1

    @property
    def roots(self) -> set[str]:
        """The names at module level that a call of the function needs."""
        return {self.function.root, *map(object_path.root, self.function.objects.values())}

    @property
    def meanings(self) -> dict[str, Kind]:
        """The kind of each argument that has one, by its name."""
        first = zip(self.function.arguments, self.positional, strict=False)
        return {argument.name: kind for argument, kind in first} | self.keyword


def bind(function: Function, role: FunctionRole) -> Binding:
    """Choose the likeliest kinds of a function's arguments."""
    return bindings(function, role)[0]


def bindings(function: Function, role: FunctionRole) -> list[Binding]:
    """List the ways to give a function its arguments that are worth a trial, likeliest first."""
    if function.variadic and not function.arguments:
        usual = tuple(kind for kind in EXPECTED[role] if kind != "layers")
        return [Binding(function=function, positional=usual, keyword={})]
    claims = Counter(_named(one, role) for one in function.arguments)
    options = _affordable(
        [list(_options(one, role, claims[_named(one, role)] > 1)) for one in function.arguments]
    )
    weighed = [
        (sum(cost for _, cost in choice) + _together(function, role, choice), number, choice)
        for number, choice in enumerate(itertools.product(*options))
    ]
    weighed.sort(key=lambda one: one[:2])
    least = weighed[0][0]
    return [
        _binding(function, role, [kind for kind, _ in choice], cost)
        for cost, _, choice in weighed
        if cost <= least + _WITHIN
    ]


def _affordable(options: list[list[tuple[_Choice, float]]]) -> list[list[tuple[_Choice, float]]]:
    """Leave the likeliest options only, where all of them together are too many to be weighed."""
    for most in (5, 3, 2, 1):
        if math.prod(map(len, options)) <= _MOST_CHOICES:
            break
        options = [sorted(one, key=lambda option: option[1])[:most] for one in options]
    return options


def _options(
    argument: Argument, role: FunctionRole, contested: bool
) -> Iterator[tuple[_Choice, float]]:
    """The kinds that an argument may take, each with its cost.

    A name that another argument claims as well is `contested`: position may decide against it.
    """
    named = _named(argument, role)
    if not argument.required:
        yield from _optional(argument, role, named)
        return
    hinted = None if named else _hinted(argument, role)
    against = _against(argument, named, hinted, contested)
    kinds = () if against >= _AGAINST_NAME else EXPECTED[role]
    for kind in dict.fromkeys((*kinds, *((named,) if named else ()))):
        rare = _RARE_IN_FORWARD * (role == "forward" and kind in ("layers", "device"))
        yield kind, _cost(argument, kind, named, hinted, against) + rare * (kind != named)
    yield None, _UNBOUND + against


def _optional(
    argument: Argument, role: FunctionRole, named: _Choice
) -> Iterator[tuple[_Choice, float]]:
    """What an argument with a default may take: what its name says, or nothing."""
    if named:
        yield named, 0.0
    spoken = {_by_default(argument, role): _BY_DEFAULT, _hinted(argument, role): _BY_HINT}
    told = [(kind, cost) for kind, cost in spoken.items() if kind not in (None, named)]
    yield from told
    yield None, 1.0 if named or told else 0.0
    if not named and not told and _MODULES.match(argument.default) and role != "forward":
        yield from ((kind, _BY_MODULE + _UNNAMED[kind]) for kind in EXPECTED[role])


def _cost(argument: Argument, kind: Kind, named: _Choice, hinted: _Choice, against: float) -> float:
    if kind == named:
        return 0.0
    if kind == hinted:
        return _BY_HINT
    return against + _UNNAMED[kind] + _AGAINST_HINT * _is_no(kind, argument)


def _against(argument: Argument, named: _Choice, hinted: _Choice, contested: bool) -> float:
    """The cost of taking an argument for something else than its name says."""
    if not named:
        return _AGAINST_HINT if hinted else 0.0
    if argument.name in _LOOSE:
        return _AGAINST_LOOSE
    return _AGAINST_LETTER if len(argument.name) == 1 or contested else _AGAINST_NAME


def _is_no(kind: Kind, argument: Argument) -> bool:
    """Tell whether the annotation says that an argument is something else."""
    said = argument.annotation
    return (said == "int" and kind in ("device", "inputs", "state", "params")) or (
        "device" in said and kind != "device"
    )


def _named(argument: Argument, role: FunctionRole) -> Kind | None:
    """The kind of an argument with a usual name, where this function may take such a one."""
    kind = kind_of(argument.name, role)
    if kind in FIXED:
        return kind if argument.required else None
    expected = role == "forward" or kind in EXPECTED[role] or argument.name in _UNMISTAKABLE
    is_word = not argument.required and argument.name not in _LOOSE
    return kind if expected or is_word else None


def _by_default(argument: Argument, role: FunctionRole) -> Kind | None:
    """What an argument takes by its default: the letter `n=2` layers, any `d="cpu"` a device."""
    if role == "forward":
        return None
    is_few = argument.default.isdecimal() and int(argument.default) in _DEPTHS
    if is_few and argument.name in _LOOSE:
        return "layers"
    return "device" if argument.default.strip("'").split(":")[0] in ("cpu", "cuda") else None


def _hinted(argument: Argument, role: FunctionRole) -> Kind | None:
    kind = hinted_kind(argument.name, role)
    return kind if role == "forward" or kind in EXPECTED[role] else None


def _together(
    function: Function, role: FunctionRole, choice: Iterable[tuple[_Choice, float]]
) -> float:
    """What speaks against a choice as a whole: kinds given twice or not at all, an odd order."""
    kinds = [kind for kind, _ in choice]
    counts = Counter(kind for kind in kinds if kind)
    # an object with sizes may hold those that are no arguments
    needed = () if function.objects else REQUIRED[role]
    absent = sum(kind not in counts for kind in needed)
    pairs = list(zip(function.arguments, kinds, strict=True))
    again = sum(
        _again(kind, [one for one, has in pairs if has == kind], role)
        for kind, number in counts.items()
        if number > 1
    )
    return ABSENT * absent + again + _disorder(function, role, kinds)


def _again(kind: Kind, arguments: list[Argument], role: FunctionRole) -> float:
    """The cost of giving several arguments one kind: V and H may be asked for twice."""
    if kind == "state" and all(one.name.lower() in _STATE_PARTS for one in arguments):
        return _PARTS
    if kind not in ("vocab", "hiddens") or role == "forward":
        return _TWICE * (len(arguments) - 1)
    meant = [
        kind in (_named(one, role), _hinted(one, role)) and len(one.name.strip("0123456789")) > 1
        for one in arguments
    ]
    stems = {one.name.strip("_0123456789") for one in arguments}
    if len(stems) == 1 or (all(meant) and len(arguments) == 2):
        return 0.0 if kind == "vocab" else 1.0
    return _SIZE_TWICE * (len(arguments) - 1) + (kind == "hiddens")


def _disorder(function: Function, role: FunctionRole, kinds: list[_Choice]) -> float:
    """How many pairs stand in another order than usual, of which one has no telling name."""
    order = {kind: place for place, kind in enumerate(EXPECTED[role])}
    silent = [
        kind is not None and kind != _named(one, role)
        for one, kind in zip(function.arguments, kinds, strict=True)
    ]
    return sum(
        order[one] > order[other] and (silent[first] or silent[second])
        for (first, one), (second, other) in itertools.combinations(enumerate(kinds), 2)
        if one in order and other in order
    )


def _binding(function: Function, role: FunctionRole, kinds: list[_Choice], cost: float) -> Binding:
    pairs = list(zip(function.arguments, kinds, strict=True))
    given = {argument.name: kind for argument, kind in pairs if kind}
    return Binding(
        function=function,
        positional=_positional(function, given),
        keyword={
            argument.name: given[argument.name]
            for argument, _ in pairs
            if not argument.positional_only and argument.name in given
        },
        unbound=tuple(one.name for one, kind in pairs if one.required and kind is None),
        guessed=tuple(one.name for one, kind in pairs if kind and kind != _named(one, role)),
        cost=cost,
    )


def _positional(function: Function, given: dict[str, Kind]) -> tuple[Kind, ...]:
    """Up to the first one that has no kind: what follows could not be given without it."""
    first = itertools.takewhile(
        lambda argument: argument.positional_only and argument.name in given, function.arguments
    )
    return tuple(given[argument.name] for argument in first)
