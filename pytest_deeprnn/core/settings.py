"""What a grade depends on beside submission and exercise, and the language it is told in."""

from __future__ import annotations

from typing import Literal, get_args

import msgspec

from pytest_deeprnn.core.catalogue import languages

Profile = Literal["quick", "standard", "thorough"]
Isolation = Literal["auto", "sandbox", "process", "none"]
Language = str  # of `catalogue.languages()`
PROFILES: tuple[str, ...] = get_args(Profile)
ISOLATIONS: tuple[str, ...] = get_args(Isolation)
LANGUAGES: tuple[str, ...] = languages()


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """How many cases, drawn from which seed, on which devices, held apart how; and the language.

    `isolation` is what was asked for: "auto" takes the best there is.
    """

    profile: Profile = "standard"
    seed: int = 0
    isolation: Isolation = "auto"
    devices: tuple[str, ...] = ("cpu",)
    lang: Language = "en"
