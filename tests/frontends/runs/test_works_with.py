"""Beside other plugins, and with the oldest versions that are supported."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from commands import Deeprnn
from msgspec.structs import replace

from pytest_deeprnn.core.report import Report, Timing, from_json

PROJECT = Path(__file__).parents[3] / "pyproject.toml"
NAMED = ("--deeprnn-submission=gru_rnn_one_state.py", "--deeprnn-exercise=gru-rnn")
_SECONDS = 60


def without_time(report: Report) -> Report:
    return replace(report, timing=Timing())


def test_with_other_plugins_all_at_once_the_report_is_the_same(
    deeprnn: Deeprnn, pytester: pytest.Pytester
) -> None:
    """xdist, pytest-html, pytest-timeout, pytest-randomly, and no cache."""
    deeprnn.file("gru_rnn_one_state.py")
    plain = deeprnn.run(*NAMED, "--deeprnn-report=plain", report="plain")
    others = ("-n", "2", "--html=run.html", "--self-contained-html", "--timeout=60")
    shuffled = ("-p", "randomly", "-p", "no:cacheprovider", "--randomly-seed=7")
    result = pytester.runpytest_subprocess(
        "--deeprnn-profile=quick", *NAMED, *others, *shuffled, timeout=_SECONDS
    )
    assert int(result.ret) == plain.code == 1
    report = from_json((deeprnn.folder / "deeprnn-report/gru_rnn_one_state.json").read_bytes())
    assert without_time(report) == without_time(plain.report("gru_rnn_one_state"))
    assert "own-state" in (deeprnn.folder / "run.html").read_text(encoding="utf-8")


def oldest() -> list[str]:
    """What pyproject.toml supports at least, of all but torch and what runs on Linux only."""
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    found = (re.fullmatch(r"([\w-]+)>=([\d.]+)", one) for one in project["dependencies"])
    pins = [f"{one[1]}=={one[2]}" for one in found if one is not None and one[1] != "torch"]
    assert "pytest==8.2" in pins
    return pins


@pytest.fixture(scope="module")
def old_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the oldest versions before all that is installed here."""
    place = tmp_path_factory.mktemp("oldest")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(place)], check=True)
    packages = next((place / "lib").glob("python*")) / "site-packages"
    here = next(path for path in sys.path if path.endswith("site-packages"))
    (packages / "installed.pth").write_text(f"import site; site.addsitedir({here!r})\n")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target"]
    subprocess.run([*pip, str(packages), *oldest()], check=True)
    return place / "bin" / "python"


@pytest.mark.proof
def test_with_the_oldest_versions_the_findings_are_the_same(
    deeprnn: Deeprnn, old_python: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deeprnn.file("gru_rnn_one_state.py")
    plain = deeprnn.run(*NAMED, "--deeprnn-report=plain", report="plain")
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    command = [str(old_python), "-m", "pytest", "-p", "pytest_deeprnn.plugin", "-v"]
    ended = subprocess.run(
        [*command, "--deeprnn-profile=quick", *NAMED],
        cwd=deeprnn.folder,
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        check=False,
    )
    assert ended.returncode == plain.code == 1, ended.stdout + ended.stderr
    assert "pytest-8.2.0" in ended.stdout
    report = from_json((deeprnn.folder / "deeprnn-report/gru_rnn_one_state.json").read_bytes())
    assert report.settings.versions["hypothesis"] == "6.150.0"
    expected = plain.report("gru_rnn_one_state")
    told = [(one.code, one.layer, one.line) for one in report.diagnoses]
    assert told == [(one.code, one.layer, one.line) for one in expected.diagnoses]
    assert [one.status for one in report.checks] == [one.status for one in expected.checks]
