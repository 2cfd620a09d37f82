"""What an installation holds: all of the package, reference/ and exercises/, and nothing else."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
#: Where each folder lies once it is installed.
PLACES = {
    "pytest_deeprnn": "pytest_deeprnn",
    "reference": "pytest_deeprnn/reference",
    "exercises": "pytest_deeprnn/exercises",
}
FILES = ("pyproject.toml", "setup.py", "README.md", "LICENSE")
BUILD = "from setuptools.build_meta import build_wheel; build_wheel('dist')"


def installed() -> Iterator[str]:
    """The names that a wheel should have; what catalogues are compiled from is not needed there."""
    for folder, place in PLACES.items():
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and path.suffix not in (".pyc", ".po"):
                yield f"{place}/{path.relative_to(ROOT / folder).as_posix()}"


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The names in a wheel that is built of a copy: a build leaves files, which the next takes."""
    copy = tmp_path_factory.mktemp("checkout")
    for folder in PLACES:
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in FILES:
        shutil.copy(ROOT / file, copy)
    subprocess.run([sys.executable, "-c", BUILD], cwd=copy, check=True, capture_output=True)
    (wheel,) = (copy / "dist").iterdir()
    return zipfile.ZipFile(wheel).namelist()


def test_a_wheel_has_every_file_of_the_package(names: list[str]) -> None:
    assert {name for name in names if name.startswith("pytest_deeprnn/")} == set(installed())


def test_a_wheel_adds_one_package_only(names: list[str]) -> None:
    tops = {name.partition("/")[0] for name in names}
    assert [top for top in tops if not top.endswith(".dist-info")] == ["pytest_deeprnn"]


@pytest.mark.parametrize(
    "name",
    [
        "sandbox/jail/jail.py",
        "instructor/gradebook/platforms/canvas.py",
        "reference/stack.py",
        "exercises/deep-gru/exercise.toml",
        "core/locale/zh/LC_MESSAGES/deeprnn.mo",
        "py.typed",
    ],
)
def test_a_wheel_has_one_of_each_kind(name: str, names: list[str]) -> None:
    assert f"pytest_deeprnn/{name}" in names
