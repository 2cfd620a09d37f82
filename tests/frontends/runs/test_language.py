"""Which language is told: the option's, else the ini's, else the environment's."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import text_of

from pytest_deeprnn.core.language import VARIABLES, of_environment
from pytest_deeprnn.frontends.cli import main
from pytest_deeprnn.frontends.pytest_plugin import options
from pytest_deeprnn.instructor.gradebook.options import Asked


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh-Hans"}, "zh"),
        ({"LANG": "ZH"}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_US.UTF-8", "LC_MESSAGES": "zh_CN"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "zh_CN:en"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LANGUAGE": "en_GB:zh"}, "en"),
        ({"LANG": "de_DE.UTF-8", "LANGUAGE": "de:zh:en"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LANGUAGE": "de"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LANGUAGE": ""}, "zh"),
        ({"LANGUAGE": "zh_CN"}, "zh"),
        ({"LC_ALL": "C", "LANGUAGE": "zh_CN", "LANG": "zh_CN.UTF-8"}, "en"),
    ],
)
def test_the_environment_s_language(variables: dict[str, str], language: str) -> None:
    assert of_environment(variables) == language


@pytest.fixture
def chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment of a learner in China."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")


@pytest.mark.parametrize(
    ("ini", "option", "language"),
    [("", (), "zh"), ("en", (), "en"), ("zh", ("en",), "en"), ("en", ("zh",), "zh")],
)
@pytest.mark.usefixtures("chinese")
def test_option_before_ini_before_environment(
    pytester: pytest.Pytester, ini: str, option: tuple[str, ...], language: str
) -> None:
    pytester.makeini(f"[pytest]\n{f'deeprnn_lang = {ini}' if ini else ''}\n")
    (pytester.path / "student.py").write_text(text_of("deep_rnn.py"), encoding="utf-8")
    words = ("--deeprnn-submission=student.py", *(f"--deeprnn-lang={one}" for one in option))
    config = pytester.parseconfig(*words)
    assert options.read(config).settings.lang == language


@pytest.mark.parametrize(("option", "language"), [((), "zh"), (("--lang=en",), "en")])
@pytest.mark.usefixtures("chinese")
def test_a_launched_run_is_told_its_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, option: tuple[str, ...], language: str
) -> None:
    seen: list[Asked] = []

    def run(asked: Asked, _: object) -> int:
        seen.append(asked)
        return 0

    monkeypatch.setattr("pytest_deeprnn.frontends.cli.grade.run", run)
    student = tmp_path / "student.py"
    student.write_text(text_of("deep_rnn.py"), encoding="utf-8")
    words = [str(student), "--exercise=deep-rnn", f"--out={tmp_path / 'marks'}", *option]
    assert main.main(["grade", *words]) == 0
    assert [asked.lang for asked in seen] == [language]


def test_the_tests_themselves_are_english() -> None:
    import os

    assert of_environment(os.environ) == "en"
