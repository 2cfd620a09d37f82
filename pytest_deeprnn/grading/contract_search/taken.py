"""Tells which functions were taken for the contract's, and how, where their names do not say it."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_deeprnn.core.function_roles import FunctionRole
from pytest_deeprnn.submission.binding import Binding
from pytest_deeprnn.submission.call_text import written
from pytest_deeprnn.submission.prepare import Prepared
from pytest_deeprnn.submission.synonyms import FIXED


def taken(prepared: Prepared | None) -> Iterator[str]:
    """Yield a sentence for each function that was found, or called, in another way than usual."""
    for role, binding in () if prepared is None else prepared.contract.bindings():
        function = binding.function
        place = (
            f"{function.file}, line {function.line}" if function.file else f"line {function.line}"
        )
        if prepared is not None and role in prepared.by_form:
            yield (
                f"{function.name} ({place}) was taken for {role}, because its arguments and what "
                f"it returns have that form; it was called as {written(binding)}."
            )
        elif not _is_usual(role, binding):
            yield f"{function.name} ({place}) was called as {written(binding)}."


def _is_usual(role: FunctionRole, binding: Binding) -> bool:
    """Tell whether a reader knows without a word what is called, and how."""
    function = binding.function
    is_plain = function.name == function.root and not function.objects
    return is_plain and not binding.guessed and not binding.kinds & FIXED.keys()
