"""What is set up here is locked: requirements*.txt hold one exact version of all that is needed."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[2]
FILES = ("requirements.txt", "requirements-dev.txt")
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
NEEDED = PROJECT["project"]["dependencies"]
FOR_DEVELOPERS = [
    *NEEDED,
    *PROJECT["project"]["optional-dependencies"]["dev"],
    *PROJECT["project"]["optional-dependencies"]["cluster"],
    *PROJECT["build-system"]["requires"],
]


def lines(file: str) -> list[str]:
    """The requirements of a file, without the comments."""
    text = (ROOT / file).read_text(encoding="utf-8")
    return [line for whole in text.splitlines() if (line := whole.partition("#")[0].strip())]


def locked(file: str) -> dict[str, Requirement]:
    """What a file holds, by name."""
    found = [Requirement(line) for line in lines(file)]
    return {canonicalize_name(requirement.name): requirement for requirement in found}


@pytest.mark.parametrize("file", FILES)
def test_each_line_is_one_exact_version_and_names_no_place(file: str) -> None:
    for line in lines(file):
        assert re.fullmatch(r"[\w.-]+==[\w.]+( ; [^@/\\]+)?", line)
    assert len(locked(file)) == len(lines(file)) > len(NEEDED)


@pytest.mark.parametrize(("file", "asked"), [(FILES[0], NEEDED), (FILES[1], FOR_DEVELOPERS)])
def test_the_lock_has_all_that_the_project_asks_for(file: str, asked: list[str]) -> None:
    have = locked(file)
    for wanted in map(Requirement, asked):
        found = have[canonicalize_name(wanted.name)]
        (pin,) = found.specifier
        assert wanted.specifier.contains(Version(pin.version), prereleases=True), wanted
        assert str(found.marker).replace('"', "'") == str(wanted.marker).replace('"', "'")


def test_developers_have_what_users_have() -> None:
    assert set(locked(FILES[0]).values()) <= set(locked(FILES[1]).values())


@pytest.mark.parametrize("file", FILES)
def test_torch_brings_no_cuda(file: str) -> None:
    assert "torch" in locked(file)
    assert [name for name in locked(file) if re.match("nvidia|cuda|triton", name)] == []


def test_learners_draw_weights_with_numpy_wherever_this_is_installed() -> None:
    assert "numpy" in {Requirement(wanted).name for wanted in NEEDED}
    assert "numpy" in locked(FILES[0])


def test_the_readme_installs_as_make_does() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (index,) = re.findall(r"^TORCH_INDEX \?= (\S+)$", makefile, re.MULTILINE)
    rule = makefile.partition("$(VENV)/installed: ")[2].partition("\n\n")[0]
    made = re.findall(r"^\t\$\(BIN\)/(pip install .+)$", rule, re.MULTILINE)
    told = re.findall(r"^pip install .+$", readme, re.MULTILINE)
    assert told == [
        line.replace(" --quiet", "").replace(" --editable", "").replace("$(TORCH_INDEX)", index)
        for line in made
    ]
