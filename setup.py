"""List the packages; all else about this project stands in pyproject.toml, which cannot say this.

Two folders of the top level are installed inside of the package, so that no other package can be
in the way of names as general as theirs.
"""

from __future__ import annotations

from setuptools import find_packages, setup

INSIDE = ("reference", "exercises")

setup(
    packages=[
        *find_packages(include=["pytest_deeprnn", "pytest_deeprnn.*"]),
        *(f"pytest_deeprnn.{name}" for name in INSIDE),
    ],
    package_dir={f"pytest_deeprnn.{name}": name for name in INSIDE},
)
