"""The rights of root, given up for good."""

from __future__ import annotations

import sys

from pytest_deeprnn.sandbox.jail.missing import Missing


def drop() -> None:
    """Give up every capability, those of a namespace's own root as well."""
    if sys.platform != "linux":
        raise Missing(f"{sys.platform} has no capabilities")
    from pyprctl import CapState, set_no_new_privs

    CapState().set_current()
    set_no_new_privs()
