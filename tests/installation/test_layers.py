"""Which package may import which: the table in ARCHITECTURE.md is import-linter's contract."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "pytest_deeprnn"
INSTALLED_INSIDE = {"reference", "exercises"}


def contract() -> list[str]:
    """The layers of pyproject.toml, the highest first."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (found,) = (
        one for one in project["tool"]["importlinter"]["contracts"] if one["type"] == "layers"
    )
    layers: list[str] = found["layers"]
    return layers


def table() -> list[str]:
    """The first column of the table of layers, as the contract writes it."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rows = text.partition("| layer | what it has |")[2].partition("\n\n")[0].splitlines()[2:]
    return [" | ".join(re.findall(r"`(\w+)`", row.split("|")[1])) for row in rows]


def test_table_of_layers_is_the_contract() -> None:
    assert table() == contract()


def test_contract_names_all_there_is() -> None:
    named = {name for layer in contract() for name in layer.split(" | ")}
    there = {path.name.removesuffix(".py") for path in PACKAGE.iterdir() if path.name[0] != "."}
    assert named == (there - {"__init__", "__pycache__", "py.typed"}) | INSTALLED_INSIDE


def test_top_of_the_package_has_few_names() -> None:
    there = [path for path in PACKAGE.iterdir() if path.name not in ("__pycache__", "py.typed")]
    assert len(there) <= 16
