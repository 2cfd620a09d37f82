"""Runs mypy over the tests, which import each other by plain names, as pytest lets them.

pytest puts each folder of tests into the path; so does this. A conftest.py, of which there are
many, is checked as a module of the folder that it stands in.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
LAYOUT = ROOT / ".venv" / "typing"  # of the installed package, as for the package itself


def files() -> list[Path]:
    """The files of the tests, without learners' files."""
    found = sorted((ROOT / "tests").rglob("*.py"))
    return [path for path in found if "submissions" not in path.parts]


def check(what: list[str]) -> int:
    """Run mypy; its exit code."""
    folders = dict.fromkeys(str(path.parent) for path in files())
    path = os.pathsep.join([str(LAYOUT), *folders, str(ROOT)])
    command = [sys.executable, "-m", "mypy", "--config-file", str(ROOT / "pyproject.toml")]
    ended = subprocess.run(
        [*command, "--explicit-package-bases", *what],
        cwd=LAYOUT,
        env={**os.environ, "MYPYPATH": path},
        check=False,
    )
    return ended.returncode


def main() -> int:
    """Check all of them."""
    modules = [path for path in files() if path.name == "conftest.py"]
    names = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in modules]
    one = check([str(path) for path in files() if path not in modules])
    return one or check([word for name in names for word in ("--module", name)])


if __name__ == "__main__":
    sys.exit(main())
