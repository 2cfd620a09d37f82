"""The student's line that a root cause lies in, searched for in the syntax tree."""

from __future__ import annotations

import ast
from collections.abc import Callable

from pytest_deeprnn.core.finding import Finding, Place
from pytest_deeprnn.diagnosis.locate.source_patterns import (
    by_availability,
    constructed_layer,
    counted_layers,
    counting_layers,
    definition_itself,
    detaching,
    from_outside,
    last_return,
    left_early,
    old_below,
    one_part,
    put_first,
    repeated_list,
    repeated_name,
    reshaped_inputs,
    same_twice,
    slid,
    turned_rows,
    turned_time,
    unpacked_twice,
    waiting,
    without_device,
    without_gradient,
)
from pytest_deeprnn.submission.binding import Binding
from pytest_deeprnn.submission.prepare import Prepared

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


_ANYWHERE: dict[str, Callable[[Prepared], Place]] = {
    "layer-count": counted_layers,
    "forbidden-api": constructed_layer,
}
_TELLING: dict[str, tuple[tuple[str, Search], ...]] = {
    "hardcoded-shape": (("forward", slid),),
    "crash": (("forward", slid),),
    "hardcoded-device": (("forward", by_availability),),
}
_SPECIFIC: dict[str, tuple[tuple[str, Search], ...]] = {
    "shared-state": (("forward", unpacked_twice), ("forward", one_part)),
    "stale-layer-input": (("forward", old_below),),
    "state-aliased": (("init_state", repeated_list),),
    "params-shared": (
        ("get_params", repeated_list),
        ("get_params", repeated_name),
        ("get_params", same_twice),
    ),
    "unused-layer": (("forward", left_early),),
    "state-order": (("forward", put_first),),
    "batch-mixing": (("forward", reshaped_inputs),),
    "params-no-grad": (("get_params", without_gradient),),
    "not-causal": (("forward", turned_time),),
    "output-order": (("forward", turned_rows),),
    "state-global": (("forward", from_outside),),
    "timeout": (("forward", waiting), ("init_state", waiting), ("get_params", waiting)),
    "layer-count": (("get_params", counting_layers),),
    "hardcoded-device": (
        ("get_params", without_device),
        ("init_state", without_device),
        ("forward", without_device),
    ),
}
_GENERAL: dict[str, tuple[tuple[str, Search], ...]] = {
    "state-aliased": (("init_state", last_return),),
    "state-not-returned": (("forward", last_return),),
    "state-incomplete": (("forward", last_return), ("init_state", last_return)),
    "state-order": (("forward", last_return),),
    "state-init": (("init_state", last_return),),
    "state-shape": (("init_state", last_return),),
    "output-shape": (("forward", last_return),),
    "output-order": (("forward", last_return),),
    "state-detached": (("forward", detaching),),
    "wrong-signature": (
        ("get_params", definition_itself),
        ("init_state", definition_itself),
        ("forward", definition_itself),
    ),
}
