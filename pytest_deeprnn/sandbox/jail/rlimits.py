"""Limits on what a worker may use up: memory, processor time, open files, the size of a file."""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable
from pathlib import Path

from pytest_deeprnn.sandbox.jail.missing import Missing

MEMORY = 2 << 30  # bytes of data beside those of torch itself
ADDRESSES = 4 << 30  # bytes of address space beside torch's: memory shared with nobody counts here
PROCESSOR_SECONDS = 600  # of all threads; twice what a submission's calls may take in all
OPEN_FILES = 128
FILE_SIZE = 16 << 20  # bytes
_LIKELIEST_TO_END = "1000"  # for the kernel, when the machine runs out of memory


def memory() -> None:
    """Limit data and address space to some GiB beside what is there already."""
    if sys.platform != "linux":
        raise Missing(f"{sys.platform} holds no limit on memory")
    Path("/proc/self/oom_score_adj").write_text(_LIKELIEST_TO_END, encoding="ascii")
    used = _in_use()
    _limit(resource.RLIMIT_DATA, used["VmData"] + MEMORY)
    _limit(resource.RLIMIT_AS, used["VmSize"] + ADDRESSES)


def processor_time(seconds: int = PROCESSOR_SECONDS) -> None:
    """Limit the seconds of all threads together."""
    _limit(resource.RLIMIT_CPU, seconds)


def open_files() -> None:
    """Limit how many files, pipes and the like are open at once."""
    _limit(resource.RLIMIT_NOFILE, OPEN_FILES)


def file_size() -> None:
    """Limit the size of a file that is written, and leave no image of a crash."""
    _limit(resource.RLIMIT_FSIZE, FILE_SIZE)
    _limit(resource.RLIMIT_CORE, 0)


#: Each limit by the name that the report gives it.
LIMITS: dict[str, Callable[[], None]] = {
    "memory": memory,
    "processor time": processor_time,
    "open files": open_files,
    "file size": file_size,
}


def _limit(kind: int, most: int) -> None:
    _, hard = resource.getrlimit(kind)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (most, most))


def _in_use() -> dict[str, int]:
    """Bytes that the kernel counts for this process, by their names in /proc."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    pairs = (line.split(":", 1) for line in lines if line.startswith("Vm"))
    return {name: int(value.split()[0]) << 10 for name, value in pairs}
