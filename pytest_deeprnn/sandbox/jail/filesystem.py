"""A folder of the worker's own, with a quota, that vanishes with it."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

from pytest_deeprnn.sandbox.jail.missing import Missing

QUOTA = 16 << 20  # bytes
_ENTRIES = 1000
_CLONE_NEWNS, _CLONE_NEWUSER, _CLONE_NEWIPC = 0x00020000, 0x10000000, 0x08000000
_MS_NOSUID, _MS_NODEV, _MS_NOEXEC = 2, 4, 8


def mount(folder: Path) -> None:
    """Lay an empty file system in memory over the folder, seen by this process alone.

    Needs no rights of root where the kernel lets users have namespaces; Missing where not.
    """
    if sys.platform != "linux":
        raise Missing(f"{sys.platform} has no file systems of one process")
    user, group = os.geteuid(), os.getegid()
    _call("unshare", _CLONE_NEWNS | _CLONE_NEWUSER | _CLONE_NEWIPC)
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{user} {user} 1"),
        ("gid_map", f"{group} {group} 1"),
    ):
        Path(f"/proc/self/{name}").write_text(text, encoding="ascii")
    options = f"size={QUOTA},nr_inodes={_ENTRIES},mode=700".encode()
    flags = _MS_NOSUID | _MS_NODEV | _MS_NOEXEC
    _call("mount", b"tmpfs", os.fsencode(folder), b"tmpfs", flags, options)


def _call(name: str, *arguments: int | bytes) -> None:
    """Call one of libc's functions that Python 3.11 does not have."""
    libc = ctypes.CDLL(None, use_errno=True)
    if getattr(libc, name)(*arguments):
        raise Missing(f"{name}: {os.strerror(ctypes.get_errno())}")
