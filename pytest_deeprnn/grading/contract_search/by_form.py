"""Lists functions whose arguments have the form of the contract's, whatever they are called."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable

from pytest_deeprnn.core.function_roles import FunctionRole
from pytest_deeprnn.submission.binding import ABSENT, Binding, bind
from pytest_deeprnn.submission.function import Function
from pytest_deeprnn.submission.harmless import definitions, is_harmless
from pytest_deeprnn.submission.own_sizes import sizes_read
from pytest_deeprnn.submission.prepare import Prepared
from pytest_deeprnn.submission.synonyms import REQUIRED, words_of

_MOST = 4
_OTHER_WORK = re.compile("train(ing|er)?|loss(es)?|evaluat(e|ion)|test(ing)?|plot|main")
_MOST_COST = 5.0


def candidates(
    functions: Iterable[Function], role: FunctionRole, prepared: Prepared
) -> list[Function]:
    """List functions that may serve as one of the three, the likeliest first.

    What trains, reads or prints is left out, and what another candidate is made of comes last.
    """
    known = definitions(prepared.usable)
    fitting = [
        (binding.cost, index, function)
        for index, function in enumerate(functions)
        if _has_form(binding := bind(function, role), role, prepared)
        and _only_calculates(function, known)
    ]
    used = {name for _, _, function in fitting for name in function.uses}
    fitting.sort(key=lambda one: (one[2].root in used, *one[:2]))
    return [function for _, _, function in fitting[:_MOST]]


def _has_form(binding: Binding, role: FunctionRole, prepared: Prepared) -> bool:
    if binding.unbound or binding.function.maker:
        return False
    if any(map(_OTHER_WORK.fullmatch, words_of(binding.function.last))):
        return False
    if role == "forward" and not binding.function.pair and binding.guessed:
        return False
    if binding.function.objects:
        # sizes may come out of an object that is given as one argument
        return binding.cost <= _MOST_COST and (role != "init_state" or "batch" in binding.kinds)
    lacking = set(REQUIRED[role]) - binding.kinds
    own = set(sizes_read(list(prepared.usable), binding).values()) if lacking else set()
    return lacking <= own and binding.cost - ABSENT * len(lacking) <= _MOST_COST


def _only_calculates(function: Function, known: dict[str, ast.FunctionDef | ast.ClassDef]) -> bool:
    node = known.get(function.root)
    return node is None or all(is_harmless(step, known) for step in node.body)
