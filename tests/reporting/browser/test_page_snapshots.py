"""The HTML of a few pages as it was last looked at: `pytest --snapshot-update` after a change."""

from __future__ import annotations

import platform
import re
from importlib.metadata import version
from pathlib import Path

import pytest
from msgspec.structs import replace
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from typical import replace_report, sample

from pytest_deeprnn.core.report import Timing
from pytest_deeprnn.core.settings import Language

_LOCK = Path(__file__).parents[3] / "requirements.txt"
_GRADED_WITH = "graded with Python " + ".".join(platform.python_version_tuple()[:2])
_STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)  # what it looks like is for pictures


class HtmlExtension(SingleFileSnapshotExtension):
    """One file a page, which a browser opens."""

    _write_mode = WriteMode.TEXT
    file_extension = "html"


def _is_locked(name: str) -> bool:
    """Say if a package has the version that the lock names."""
    return f"{name}=={version(name)}" in _LOCK.read_text(encoding="utf-8").splitlines()


@pytest.mark.skipif(not _is_locked("hypothesis"), reason="another Hypothesis draws other cases")
@pytest.mark.parametrize(
    ("name", "lang"),
    [("right", "en"), ("one-cause", "en"), ("one-cause", "zh"), ("unreadable", "en")],
)
def test_the_page_is_as_it_was(snapshot: SnapshotAssertion, name: str, lang: Language) -> None:
    html = _scrubbed(name, lang)
    assert html == snapshot(extension_class=HtmlExtension)


def _scrubbed(name: str, lang: Language) -> str:
    """Without what differs from run to run and from machine to machine."""
    shown = sample(name, lang)
    settings = shown.report.settings
    same = replace_report(
        shown,
        timing=Timing(),
        settings=replace(settings, versions=dict.fromkeys(settings.versions, "0")),
    )
    return _STYLE.sub("<style></style>", same.html.replace(_GRADED_WITH, "graded with Python 0"))
