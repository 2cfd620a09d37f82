"""Completes the contract of a submission whose text leaves open what its functions are."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

import msgspec

from pytest_deeprnn.core.exercise import Architecture, Exercise
from pytest_deeprnn.core.function_roles import FunctionRole
from pytest_deeprnn.grading.contract_search.by_form import candidates
from pytest_deeprnn.grading.contract_search.inspection import inspect
from pytest_deeprnn.grading.contract_search.trial import Reached, attempt, trial_sizes
from pytest_deeprnn.grading.contract_search.unread_names import is_doubtful, unread_names
from pytest_deeprnn.sandbox.worker import Spawner
from pytest_deeprnn.submission.contract import Contract, chosen, contracts
from pytest_deeprnn.submission.function import Function
from pytest_deeprnn.submission.prepare import Prepared, with_contract
from pytest_deeprnn.submission.synonyms import EXPECTED

_MOST_TRIALS = 6
_WIDTHS = (5, 6)
_DEPTH = 2


def complete_for(exercise: Exercise, prepared: Prepared, spawner: Spawner) -> Prepared:
    """Complete the contract of a submission that answers this exercise."""
    cells = frozenset(exercise.network.cells)
    return complete(prepared, spawner, exercise.imports, cells, exercise.network)


def complete(
    prepared: Prepared,
    spawner: Spawner,
    imports: tuple[str, ...],
    cells: frozenset[str],
    network: Architecture | None = None,
) -> Prepared:
    """Return the submission with its functions and arguments settled by trials where need be.

    Names come first, then forms; the first choice that gives answers of the right form is taken,
    whatever their numbers, so that a file with many networks has no choice of the best.
    """
    names = unread_names(prepared)
    is_whole = not prepared.contract.missing() and not is_doubtful(prepared, names)
    if is_whole and _is_plain(prepared.contract):
        return prepared
    functions = list(prepared.functions)
    if not is_whole and names:
        functions += inspect(prepared, names, spawner, imports)
    named = chosen(functions, cells)
    first = with_contract(prepared, functions, next(contracts(named)))
    if not first.contract.missing() and _is_plain(first.contract):
        return first
    return _tried(first, list(_hypotheses(first, named)), spawner, imports, network)


def _tried(
    first: Prepared,
    hypotheses: Sequence[Contract],
    spawner: Spawner,
    imports: tuple[str, ...],
    network: Architecture | None,
) -> Prepared:
    """The first hypothesis whose answers have the right form, else the one that came furthest."""
    own_widths = network is not None and network.own_widths
    depth = _DEPTH if network is None else max(min(_DEPTH, network.max_layers), network.min_layers)
    sizes = trial_sizes(depth, _WIDTHS if own_widths else ())
    best, furthest = first, Reached.NOTHING
    for contract in hypotheses:
        tried = with_contract(first, list(first.functions), contract)
        reached = attempt(tried, spawner, imports, sizes)
        is_found = not first.contract.missing() or reached >= Reached.OUTPUTS
        if reached > furthest and is_found:
            best, furthest = tried, reached
        if furthest == Reached.FORM:
            break
    return _settled(best, first) if furthest >= Reached.ANSWER else best


def _settled(found: Prepared, first: Prepared) -> Prepared:
    """Mark the arguments as known, and the functions that were found by their form."""
    bindings = {
        role: msgspec.structs.replace(binding, settled=True)
        for role, binding in found.contract.bindings()
    }
    contract = Contract(**{role: bindings.get(role) for role in EXPECTED})
    return replace(found, contract=contract, by_form=first.contract.missing())


def _hypotheses(prepared: Prepared, named: dict[FunctionRole, Function]) -> Iterator[Contract]:
    """The contracts to try, likeliest first: by other arguments, or by functions of the form."""
    missing = [role for role in EXPECTED if role not in named]
    left = [one for one in prepared.functions if one not in named.values()]
    ways = [candidates(left, role, prepared) for role in missing]
    choices = [
        contracts({**named, **dict(zip(missing, choice, strict=True))})
        for choice in itertools.product(*ways)
        if len({one.name for one in choice}) == len(choice)
    ]
    # the likeliest arguments of each choice of functions come before the next ones of the first
    rounds = itertools.zip_longest(*(itertools.islice(one, _MOST_TRIALS) for one in choices))
    found = (one for each in rounds for one in each if one is not None)
    callable_ones = (one for one in found if not any(b.unbound for _, b in one.bindings()))
    return itertools.islice(callable_ones, _MOST_TRIALS)


def _is_plain(contract: Contract) -> bool:
    """Tell whether every argument's name says what it takes."""
    return not any(binding.guessed or binding.unbound for _, binding in contract.bindings())
