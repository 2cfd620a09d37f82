"""What a grade depends on beside submission and exercise."""

from __future__ import annotations

from typing import Literal, get_args

import msgspec

Profile = Literal["quick", "standard", "thorough"]
Isolation = Literal["process", "none"]
PROFILES: tuple[str, ...] = get_args(Profile)


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """How many cases, drawn from which seed, on which devices, held apart how."""

    profile: Profile = "standard"
    seed: int = 0
    isolation: Isolation = "process"
    devices: tuple[str, ...] = ("cpu",)
