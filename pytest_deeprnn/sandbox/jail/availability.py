"""Tells before a run whether a sandbox can be had, without importing torch.

`python -m pytest_deeprnn.sandbox.jail.availability` goes into the jail and prints what is missing
there.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from pytest_deeprnn.core import isolated_python
from pytest_deeprnn.sandbox.jail.jail import Jail

_SECONDS = 60.0


def missing() -> str:
    """The first protection that cannot be had, with its reason, in one line; "" for none."""
    with tempfile.TemporaryDirectory() as place:
        try:
            ended = subprocess.run(
                [sys.executable, *isolated_python.isolation(), "-m", __name__],
                cwd=place,
                env=isolated_python.environment(),
                capture_output=True,
                text=True,
                timeout=_SECONDS,
                check=True,
            )
        except (OSError, subprocess.SubprocessError) as error:
            return f"the jail could not be tried: {error}"
    return ended.stdout.strip()


def _main() -> None:
    jail = Jail()
    jail.prepare(())
    told = [one for one in jail.enter((), Path.cwd()) if one.hindrance]
    sys.stdout.write("".join(f"{one.name}: {one.hindrance}" for one in told[:1]))


if __name__ == "__main__":
    _main()
