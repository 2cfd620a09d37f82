"""What an instructor's hooks are written with: the only module of this package that they import.

A name costs its own imports when it is used: an output is written without torch.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pytest_deeprnn.checks.outcome import Blocked as Blocked
    from pytest_deeprnn.checks.outcome import Failed as Failed
    from pytest_deeprnn.checks.outcome import Passed as Passed
    from pytest_deeprnn.core.atomic_write import replacing as replacing
    from pytest_deeprnn.core.codes import Code as Code
    from pytest_deeprnn.core.codes import Text as Text
    from pytest_deeprnn.core.finding import Finding as Finding
    from pytest_deeprnn.grading.extensions.hooks import hookimpl as hookimpl
    from pytest_deeprnn.grading.extensions.probe import Network as Network
    from pytest_deeprnn.grading.extensions.probe import NoReference as NoReference
    from pytest_deeprnn.grading.extensions.probe import Probe as Probe
    from pytest_deeprnn.grading.extensions.probe import Reference as Reference
    from pytest_deeprnn.mutations.extra import CellMutation as CellMutation
    from pytest_deeprnn.mutations.mutation import Edit as Edit
    from pytest_deeprnn.mutations.mutation import Mutation as Mutation
    from pytest_deeprnn.reporting.formats.output import Output as Output

#: Each name with the module that has it, and what it is called there if that is another name.
_PLACES = {
    "Blocked": "checks.outcome",
    "CellMutation": "mutations.extra",
    "Check": "grading.extensions.checks:AddedCheck",
    "Code": "core.codes",
    "Edit": "mutations.mutation",
    "Failed": "checks.outcome",
    "Finding": "core.finding",
    "Network": "grading.extensions.probe",
    "NoReference": "grading.extensions.probe",
    "Output": "reporting.formats.output",
    "Passed": "checks.outcome",
    "Probe": "grading.extensions.probe",
    "Reference": "grading.extensions.probe",
    "Mutation": "mutations.mutation",
    "Text": "core.codes",
    "hookimpl": "grading.extensions.hooks",
    "replacing": "core.atomic_write",
}
__all__ = list(_PLACES)  # they are strings


def __getattr__(name: str) -> Any:
    """Import what is asked for; type checkers read the imports above."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, _, inner = _PLACES[name].partition(":")
    return getattr(import_module(f"pytest_deeprnn.{module}"), inner or name)
