"""What an instructor's hooks for checks and twists are written with.

Hooks for outputs import `pytest_deeprnn.outputs.output`, which does without torch.
"""

from pytest_deeprnn.checks.added import AddedCheck as Check
from pytest_deeprnn.checks.outcome import Blocked, Failed, Passed
from pytest_deeprnn.finding import Finding
from pytest_deeprnn.hooks import hookimpl
from pytest_deeprnn.probe import Network, NoReference, Probe, Reference
from pytest_deeprnn.twists.added import CellTwist
from pytest_deeprnn.twists.edit import Edit, Twist

__all__ = [
    "Blocked",
    "CellTwist",
    "Check",
    "Edit",
    "Failed",
    "Finding",
    "Network",
    "NoReference",
    "Passed",
    "Probe",
    "Reference",
    "Twist",
    "hookimpl",
]
