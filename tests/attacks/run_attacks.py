"""Runs the attacks by hand: `python tests/attacks/run_attacks.py`, the slow ones too by `--all`."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from attacking import HONEST, Run, forms, launch
from catalogue import KINDS, NOT_HELD, Attack, attacks


def main() -> int:
    """Grade them in one run and print what came; 1 where something was not held."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true", help="with those that take long")
    parser.add_argument("--kind", choices=KINDS, action="append", help="only these kinds")
    parser.add_argument("--isolation", default="auto", choices=("auto", "sandbox", "process"))
    given = parser.parse_args()
    hostile = attacks(given.all, tuple(given.kind or KINDS))
    with tempfile.TemporaryDirectory(prefix="deeprnn-attacks-") as folder:
        return _tell(launch(Path(folder) / "run", hostile, given.isolation), hostile)


def _tell(run: Run, hostile: list[Attack]) -> int:
    reports = run.reports
    for one in hostile:
        report = reports[one.file]
        score, seconds = f"{report.score:g}", f"{report.timing.student_s:.1f} s"
        print(
            f"{report.verdict:6} {score:>4} {seconds:>9}  {one.name}  {NOT_HELD.get(one.name, '')}"
        )
    told = run.told()
    wrong = {
        "not failed": [one.name for one in hostile if reports[one.file].verdict != "fail"],
        "honest, not passed": [name for name in HONEST if reports[name].verdict != "pass"],
        "marks": list(run.strays),
        "changed files": list(run.changed),
        "processes": list(run.processes),
        "forms of the secret that were told": [str(f) for f in forms(run.secret) if f in told],
    }
    for what, found in wrong.items():
        print(f"{what}: {', '.join(found) or 'none'}")
    return int(any(wrong.values()))


if __name__ == "__main__":
    raise SystemExit(main())
