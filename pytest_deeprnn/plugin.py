"""The gate: declares the options, and loads the rest only where a submission is named."""

from __future__ import annotations

from typing import Literal

import pytest

from pytest_deeprnn.frontends.pytest_plugin import fixtures

_SEVERAL = ("submission", "output")  # may be given several times
#: Each option with its help; every one has an ini twin, --deeprnn-x is deeprnn_x.
OPTIONS = {
    "submission": "a .py or .ipynb file, a folder of them, or a .zip; may be given several times",
    "exercise": "the exercise's name or folder (default: found out)",
    "output": "a further form of the reports, NAME or NAME=PATH: github, gitlab, junit, "
    "gradescope, classroom50, or one that hooks add; may be given several times (default: that of "
    "the CI system it runs on; none for nothing)",
    "report": "folder of the reports (default: deeprnn-report)",
    "lang": "language of the feedback: en or zh (default: what your environment says, else en)",
    "profile": "how many cases: quick, standard or thorough",
    "device": "real devices to use: auto or cpu",
    "isolation": "auto, sandbox (refused where the kernel cannot), process or none",
    "seed": "the cohort's seed, a whole number",
}
_FLAGS = {
    "strict": "refuse when pytest has loaded a conftest, ini or plugin from the submission's tree",
    "debug": "print the traceback of each fault of the grader's own, as errors.log has it",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the options and their ini twins."""
    group = parser.getgroup("deeprnn", "checking deep RNN, GRU and LSTM submissions")
    for name, text in OPTIONS.items():
        several = name in _SEVERAL
        kind: Literal["args", "string"] = "args" if several else "string"
        group.addoption(
            f"--deeprnn-{name}",
            action="append" if several else "store",
            default=None,
            metavar=name.upper(),
            help=text,
        )
        parser.addini(f"deeprnn_{name}", text, type=kind, default=None)
    for name, text in _FLAGS.items():
        group.addoption(f"--deeprnn-{name}", action="store_true", default=None, help=text)
        parser.addini(f"deeprnn_{name}", text, type="bool", default=False)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Register the fixtures, and the session's hooks where a submission is named."""
    config.pluginmanager.register(fixtures, "deeprnn-fixtures")
    named = config.getoption("--deeprnn-submission") is not None
    if named or config.getini("deeprnn_submission"):
        from pytest_deeprnn.frontends.pytest_plugin.session import (
            register,  # heavy: only with a submission
        )

        register(config)
