"""Finds the contract's three functions among those of a submission."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator

import msgspec

from pytest_deeprnn.core.function_roles import FunctionRole
from pytest_deeprnn.submission.binding import Binding, bind, bindings
from pytest_deeprnn.submission.function import Argument, Function
from pytest_deeprnn.submission.synonyms import (
    CELLS,
    EXPECTED,
    Kind,
    cells_in,
    hinted_kind,
    kind_of,
    name_score,
    snake,
    words_of,
)

_HELPS = 40  # what a function loses that another candidate calls: more than any name gives
_NO_FORWARD = re.compile(
    "train(ing|er)?|fit|epochs?|optimi[sz]e|predict(ion)?|loss(es)?|perplexity|ppl|accuracy"
    "|evaluat(e|ion)|test(ing)?|check|verify|demo|main|plot|grad(ient)?s?|clip(ping)?"
    "|sampl(e|ing)|generat(e|ion)"
)
_MAKES = re.compile("^(get|init|initial|create|make|build|new|start|begin|zeros?|set_?up|gen)($|_)")
_ANY = {"rnn"}  # a GRU is a recurrent network as well
_NETWORK = frozenset(
    [
        "net",
        "netz",
        "network",
        "netzwerk",
        "model",
        "modell",
        "modelo",
        "modele",
        "rete",
        "siec",
        "red",
    ]
)
_ONE_STEP = {"cell", "step", "layer", "block"}
_ONE_PART = {"layer", "cell", "gate", "one", "single", "block"}
_ORDER: tuple[FunctionRole, ...] = ("forward", "init_state", "get_params")
_OTHER_MEANING = 5.0  # one name for two things in functions that belong together
_MOST_EACH = 6


class Contract(msgspec.Struct, frozen=True, kw_only=True):
    """The three functions, each None where it is not there."""

    get_params: Binding | None
    init_state: Binding | None
    forward: Binding | None

    def missing(self) -> tuple[FunctionRole, ...]:
        """The roles that no function fills."""
        return tuple(role for role in EXPECTED if getattr(self, role) is None)

    def bindings(self) -> list[tuple[FunctionRole, Binding]]:
        """The roles that are filled."""
        return [(role, getattr(self, role)) for role in EXPECTED if getattr(self, role) is not None]


def find(candidates: Iterable[Function], cells: frozenset[str]) -> Contract:
    """Choose the best function for each role; `cells` are those that the exercise is about."""
    return next(contracts(chosen(candidates, cells)))


def chosen(candidates: Iterable[Function], cells: frozenset[str]) -> dict[FunctionRole, Function]:
    """Choose the best function for each role that one of a fitting name and form fills."""
    taken: dict[FunctionRole, Function] = {}
    left = list(candidates)
    for role in _ORDER:
        ranking = ranked([one for one in left if one not in taken.values()], role, cells)
        if ranking:
            taken[role] = ranking[0]
            # what calls the network makes or trains the whole of it
            left = [one for one in left if role != "forward" or ranking[0].root not in one.uses]
    return taken


def ranked(
    candidates: Iterable[Function], role: FunctionRole, cells: frozenset[str]
) -> list[Function]:
    """List the functions whose names and arguments fit a role, the best first."""
    left = list(candidates)
    scored = [(_score(function, role, cells), index) for index, function in enumerate(left)]
    scored = [(score - _HELPS * _is_helper(left, scored, at), at) for score, at in scored]
    return [left[index] for score, index in sorted(scored, reverse=True) if score > 0]


def contracts(functions: dict[FunctionRole, Function]) -> Iterator[Contract]:
    """List the ways to give these functions their arguments, likeliest first.

    A name means the same in all three: `n` beside `batch_size` in one is no batch in another.
    """
    roles = [role for role in EXPECTED if role in functions]
    ways = [bindings(functions[role], role)[:_MOST_EACH] for role in roles]
    weighed = [
        (sum(one.cost for one in choice) + _contradictions(roles, choice), number, choice)
        for number, choice in enumerate(itertools.product(*ways))
    ]
    for _, _, choice in sorted(weighed, key=lambda one: one[:2]):
        found = dict(zip(roles, choice, strict=True))
        yield Contract(**{role: found.get(role) for role in EXPECTED})


def _contradictions(roles: list[FunctionRole], choice: tuple[Binding, ...]) -> float:
    """The cost of names that mean one thing in one function and another in another one."""
    cost = 0.0
    pairs = itertools.combinations(zip(roles, choice, strict=True), 2)
    for (role, one), (other_role, other) in pairs:
        here, there = one.meanings, other.meanings
        takes_data = "forward" in (role, other_role)
        for name in here.keys() & there.keys():
            possible = here[name] in EXPECTED[other_role], there[name] in EXPECTED[role]
            alike = all(possible) if takes_data else any(possible)
            cost += _OTHER_MEANING * (here[name] != there[name] and alike)
    return cost


def _is_helper(left: list[Function], scored: list[tuple[int, int]], index: int) -> bool:
    """Whether another function that could serve as well calls this one."""
    function = left[index]
    return any(
        score > 0 and function.root in left[other].uses and left[other].root not in function.uses
        for score, other in scored
        if other != index
    )


def answers(candidates: Iterable[Function]) -> list[str]:
    """The cells that the functions answer each for itself: get_gru_params beside gru, …"""
    known = list(candidates)
    return [cell for cell in CELLS if _is_answered(find(known, frozenset({cell})), cell)]


def _is_answered(contract: Contract, cell: str) -> bool:
    """Whether parameters and forward are named for this cell alone, the state for no other."""
    named = {role: cells_in(binding.function.last) for role, binding in contract.bindings()}
    own = frozenset({cell})
    return (
        not contract.missing()
        and named["get_params"] == named["forward"] == own
        and named["init_state"] <= own
    )


def _score(function: Function, role: FunctionRole, cells: frozenset[str]) -> int:
    fits = _forward_score if role == "forward" else _maker_score
    score = None if function.maker else fits(function, role)
    if score is None:
        return 0
    score += 2 * (snake(function.last) == role)
    score -= 5 * bool(bind(function, role).unbound)
    score -= function.name != function.root  # what stands in a class may be a part of something
    about = cells_in(function.last)
    if about and cells and not about & cells:
        score -= 4 * (about != _ANY)
    elif about and cells:
        score += 5
    return max(score, 1) * 2


def _forward_score(function: Function, role: FunctionRole) -> int | None:
    """How well a function's name and arguments fit forward, None where they do not."""
    words = words_of(function.last)
    if any(map(_NO_FORWARD.fullmatch, words)) or len(function.arguments) < 3:
        return None
    asked = {"inputs", "state", "params"}
    named = asked <= _named(function.arguments, role)
    if not named and _MAKES.match(snake(function.last)):
        return None
    score = name_score(function.last, role) + 4 * named
    score = max(score, int(function.pair))  # whatever it and its arguments are called
    if score == 0 or not asked <= bind(function, role).kinds:
        return None
    return score - 3 * bool(words & _ONE_STEP)


def _maker_score(function: Function, role: FunctionRole) -> int | None:
    """How well a name and arguments fit get_params or init_state, None where they do not."""
    score = name_score(function.last, role)
    named = _named(function.arguments, role)
    if score == 0 or {"inputs", "params"} <= _named(function.arguments, "forward"):
        return None
    if role == "get_params" and any(map(_is_params, function.arguments)):
        return None
    if score == 1 and not (
        "batch" in named and (len(function.arguments) > 1 or not _counts(function))
        if role == "init_state"
        else ("vocab" in named or function.objects) and not _takes_batch(function)
    ):
        return None
    score += 2 if role == "init_state" and "batch" in named else 0
    return score - 2 * bool(words_of(function.last) & _ONE_PART)


def _counts(function: Function) -> bool:
    """Tell whether a function takes a number of anything: zero_bias(n)."""
    return any(one.name in ("n", "N") for one in function.arguments)


def _takes_batch(function: Function) -> bool:
    """Tell whether an argument is a batch size by its name; n and b are no names."""
    names = [one.name for one in function.arguments if len(one.name) > 1]
    return any(
        "batch" in (kind_of(one, "init_state"), hinted_kind(one, "init_state")) for one in names
    )


def _is_params(argument: Argument) -> bool:
    """Tell whether an argument must be parameters that are made already."""
    name = argument.name
    meant = kind_of(name, "forward") == "params" and kind_of(name, "get_params") is None
    return argument.required and len(name) > 1 and (meant or name.lower() in _NETWORK)


def _named(arguments: Iterable[Argument], role: FunctionRole) -> set[Kind]:
    """The kinds that arguments name, in whole names or, for sizes, in words of them."""
    found = {kind_of(one.name, role) for one in arguments}
    if role != "forward":
        found |= {hinted_kind(one.name, role) for one in arguments if not kind_of(one.name, role)}
    return {kind for kind in found if kind}
