"""What a run over a class is asked for."""

from __future__ import annotations

import msgspec

from pytest_deeprnn.core.settings import Isolation, Language, Profile
from pytest_deeprnn.reporting.formats.output import Wanted

#: The run's exit code where a grade is less than was asked for: a run that dies may end with 1.
BELOW = 10
#: What helps after an end that nobody wanted.
GO_ON = "what was graded is kept, and the same command goes on from there"


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """All options of `deeprnn grade`; paths are absolute, "" stands for what was not asked for.

    `store` is a URL of SQLAlchemy's, `cluster` the address of a scheduler, `canvas` and `moodle`
    the platforms' own sheets. `fail_under` is a share of the points, in per cent.
    """

    paths: tuple[str, ...]
    exercise: str
    out: str
    lang: Language
    profile: Profile
    seed: int
    isolation: Isolation
    jobs: int
    cluster: str = ""
    store: str = ""
    canvas: str = ""
    moodle: str = ""
    anonymous: bool = False
    outputs: tuple[Wanted, ...] = ()
    fail_under: float = 0.0
