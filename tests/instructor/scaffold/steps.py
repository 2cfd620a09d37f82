"""Runs what a repository's files say, as the platforms run it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import yaml

_SECONDS = 120
_SUBMISSIONS = Path(__file__).parents[2] / "frontends" / "runs" / "submissions"


@dataclass(frozen=True)
class Job:
    """Exit code, and what was printed."""

    code: int
    out: str


def student_repository(folder: Path, submission: str) -> None:
    """A clean checkout of a repository, filled with one of the submissions."""
    shutil.copy(_SUBMISSIONS / submission, folder / "student.py")


def prepared(folder: Path) -> Path:
    """A place for an environment that has what is installed here, so that pip finds all of it."""
    inside = f"lib/python{sys.version_info.major}.{sys.version_info.minor}/site-packages"
    packages = folder / inside
    packages.mkdir(parents=True)
    here = next(path for path in sys.path if path.endswith("site-packages"))
    (packages / "installed.pth").write_text(f"import site; site.addsitedir({here!r})\n")
    return folder


def github(checkout: Path, temporary: Path) -> Job:
    """All `run` steps of the workflow, each in a shell of its own, until one fails."""
    workflow = yaml.safe_load((checkout / ".github/workflows/deeprnn.yml").read_text())
    (job,) = workflow["jobs"].values()
    runner = {
        "GITHUB_ACTIONS": "true",
        "GITHUB_WORKSPACE": str(checkout),
        "GITHUB_STEP_SUMMARY": str(temporary / "summary.md"),
        "RUNNER_TEMP": str(temporary),
    }
    printed = ""
    for step in job["steps"]:
        if "run" in step:
            ended = _bash(step["run"], checkout, {**runner, **step.get("env", {})})
            printed += ended.out
            if ended.code:
                return Job(ended.code, printed)
    return Job(0, printed)


def gitlab(checkout: Path, temporary: Path, binaries: Path) -> Job:
    """The script's lines in one shell, up to the first that fails; `binaries` come first."""
    (job,) = yaml.safe_load((checkout / ".gitlab-ci.yml").read_text()).values()
    runner = {"GITLAB_CI": "true", "CI_PROJECT_DIR": str(checkout), "TMPDIR": str(temporary)}
    script = "\n".join((f"PATH={binaries}:$PATH", *job["script"]))
    return _bash(script, checkout, {**runner, **job["variables"]})


def _bash(script: str, folder: Path, variables: dict[str, str]) -> Job:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    offline = {"PIP_RETRIES": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    ended = subprocess.run(
        ["bash", "-e", "-c", script],
        cwd=folder,
        env={**os.environ, **variables, **offline, "PATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=_SECONDS,
        check=False,
    )
    return Job(ended.returncode, ended.stdout)
