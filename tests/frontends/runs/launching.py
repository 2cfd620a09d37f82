"""`deeprnn grade` as a shell starts it, and learners' folders that want to take part."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from commands import Ended

_SECONDS = 60
_SCRIPT = "import sys\nfrom pytest_deeprnn.frontends.cli.main import main\nsys.exit(main())\n"
_LEAVE_MARK = """\
import sys
from pathlib import Path

with Path({mark!r}).open("a") as file:
    file.write(" ".join(sys.orig_argv) + "\\n")
"""
_ADDED = "{section}\naddopts = {quote}-p evil_{name}{quote}\npython_files = {quote}*.py{quote}\n"
#: Inis that load a plugin of the folder's, by their names.
_INIS = {
    "pytest.ini": _ADDED.format(section="[pytest]", quote="", name="pytest"),
    "tox.ini": _ADDED.format(section="[pytest]", quote="", name="tox"),
    "setup.cfg": _ADDED.format(section="[tool:pytest]", quote="", name="setup"),
    "pyproject.toml": _ADDED.format(
        section="[tool.pytest.ini_options]", quote='"', name="pyproject"
    ),
    ".env": "PYTEST_ADDOPTS=-p evil_env\n",
    ".coveragerc": "[run]\nplugins = evil_coverage\n",
    "evil.pth": "import evil_pth\n",
    ".hypothesis/examples/0/0": "no example\n",
}
#: What has no meaning as a submission, so that it may stand in a class folder itself.
_FOR_A_CLASS = ("conftest.py", "__init__.py")
_FOR_A_STUDENT = (
    *_FOR_A_CLASS,
    "sitecustomize.py",
    "usercustomize.py",
    "numpy.py",
    "pytest.py",
    "jinja2.py",
    "msgspec.py",
    "xdist.py",
    "test_student.py",
    "hypothesis/__init__.py",
    "pytest_deeprnn/__init__.py",
    "pytest_deeprnn/plugin.py",
    *(f"evil_{name}.py" for name in ("pytest", "tox", "setup", "pyproject")),
    *(f"evil_{name}.py" for name in ("env", "coverage", "pth", "addopts", "plugins")),
)
#: Variables that name plugins of the folder's.
HOSTILE_VARIABLES = {"PYTEST_ADDOPTS": "-p evil_addopts", "PYTEST_PLUGINS": "evil_plugins"}


def deeprnn_grade(*args: str | Path, folder: Path, cwd: Path, **variables: str) -> Ended:
    """Run the console script in `cwd`; the reports go to `folder`/marks."""
    script = folder / "bin" / "deeprnn"
    script.parent.mkdir(parents=True, exist_ok=True)
    script.write_text(_SCRIPT, encoding="utf-8")
    return _run([str(script)], args, folder, cwd, variables)


def module_grade(*args: str | Path, folder: Path, cwd: Path, **variables: str) -> Ended:
    """Run the module, for which Python puts `cwd` before all other places."""
    return _run(["-m", "pytest_deeprnn"], args, folder, cwd, variables)


def _run(
    start: list[str],
    args: tuple[str | Path, ...],
    folder: Path,
    cwd: Path,
    variables: dict[str, str],
) -> Ended:
    out = folder / "marks"
    options = ["--exercise=deep-rnn", "--profile=quick", f"--out={out}"]
    result = subprocess.run(
        [sys.executable, *start, "grade", *map(str, args), *options],
        cwd=cwd,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        check=False,
    )
    return Ended(result.returncode, result.stdout, result.stderr, out)


def fill_student(folder: Path, marks: Path) -> None:
    """Put everything into a student's folder that could take part in a run."""
    _fill(folder, marks, _FOR_A_STUDENT)


def fill_hiding(folder: Path, marks: Path) -> None:
    """Put a module into a student's folder that would hide torch where the student runs it."""
    _fill(folder, marks, ("torch.py",))


def fill_class(folder: Path, marks: Path) -> None:
    """Put into a class folder what could take part in a run and is no submission."""
    _fill(folder, marks, _FOR_A_CLASS)


def _fill(folder: Path, marks: Path, modules: tuple[str, ...]) -> None:
    marks.mkdir(exist_ok=True)
    for name in modules:
        mark = marks / f"{folder.name}-{name.replace('/', '-')}"
        _write(folder / name, _LEAVE_MARK.format(mark=str(mark)))
    for name, text in _INIS.items():
        _write(folder / name, text)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
