"""What the evaluator asks the zygote for, and what it answers; both are trusted."""

from __future__ import annotations

import msgspec


class Rights(msgspec.Struct, frozen=True):
    """What a worker may do beside calculating: import these modules, use torch's own recurrence.

    `seconds` of the processor are all that it has, where it has fewer than others.
    """

    imports: tuple[str, ...] = ()
    recurrence: bool = False
    seconds: int | None = None


class Spawn(msgspec.Struct, frozen=True, tag=True):
    """Fork a worker; its socket follows the answer. `jailed` asks for all protections there are."""

    jailed: bool
    rights: Rights


class Kill(msgspec.Struct, frozen=True, tag=True):
    """Kill a worker with its process group."""

    pid: int


class Spawned(msgspec.Struct, frozen=True, tag=True):
    """The process id of a new worker."""

    pid: int


class Ended(msgspec.Struct, frozen=True, tag=True):
    """The exit status of a worker, negative for a signal, None where it is not known."""

    status: int | None
