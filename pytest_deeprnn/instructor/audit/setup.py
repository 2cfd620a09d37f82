"""What a submission does around its equations, and the faults that may be made there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Setup:
    """How parameters and states are made and given back; the defaults are right.

    `outputs` and `turned`, another order of the gates, are only other ways of being right.
    """

    weights: Literal["normal", "zeros", "ones", "large"] = "normal"
    gradients: Literal["leaf", "none", "product"] = "leaf"
    start: Literal["zeros", "ones", "randn"] = "zeros"
    batch: int = 0
    on_cpu: bool = False
    one_object: bool = False
    detached: bool = False
    mutates: bool = False
    state: Literal["all", "lacks last", "none"] = "all"
    outputs: Literal["rows", "steps", "list"] = "rows"
    turned: bool = False


RIGHT = Setup()
