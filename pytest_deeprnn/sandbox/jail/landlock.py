"""Which files a worker may read and write, held by the kernel's Landlock."""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_deeprnn.sandbox.jail.missing import Missing
from pytest_deeprnn.sandbox.jail.readable_paths import places

if TYPE_CHECKING:
    from landlock import FSAccess, Ruleset

_NEEDED_ABI = 3  # older ones let a file be emptied that may not be written to


def rules(imports: tuple[str, ...]) -> Ruleset:
    """What may be read, as rules of the kernel; nothing may be written yet.

    Made once for many workers, since looking up hundreds of places takes longer than a jail may.
    """
    if sys.platform != "linux":
        raise Missing(f"{sys.platform} has no Landlock")
    from landlock import FSAccess, Ruleset

    ctypes.set_errno(0)  # landlock takes an older error of another call for its own
    made = Ruleset()
    for place in places(imports):
        reading = FSAccess.READ_FILE
        made.allow(place, rules=reading | FSAccess.READ_DIR if place.is_dir() else reading)
    made.allow("/dev/null", rules=FSAccess.READ_FILE | FSAccess.WRITE_FILE)
    return made


def confine(made: Ruleset, folder: Path | None) -> None:
    """Hold this process to the rules, and let it write into its own folder."""
    from landlock import landlock_abi_version

    ctypes.set_errno(0)  # as above
    if folder is not None:
        made.allow(folder, rules=_writing())
    made.apply()
    if landlock_abi_version() < _NEEDED_ABI:
        raise Missing(
            f"this kernel's Landlock is version {landlock_abi_version()}, {_NEEDED_ABI} is needed"
        )


def _writing() -> FSAccess:
    """All that is done with plain files and folders, but for running them."""
    from landlock import FSAccess

    special = FSAccess.MAKE_CHAR | FSAccess.MAKE_BLOCK | FSAccess.MAKE_SOCK | FSAccess.MAKE_FIFO
    return FSAccess.all() & ~(special | FSAccess.EXECUTE)
