"""Without a jail, in a process of their own, submissions that tamper with their grade fail too."""

from __future__ import annotations

from pathlib import Path

import pytest
from attacking import HONEST, launch
from catalogue import NOT_HELD, Attack, attacks

TAMPERING = [one for one in attacks(kinds=("tampering",)) if one.name not in NOT_HELD]


@pytest.mark.parametrize(
    "tampering",
    [
        pytest.param(TAMPERING[::5], id="some"),
        pytest.param(TAMPERING, id="all", marks=pytest.mark.proof),
    ],
)
def test_tampering_fails_without_a_jail(tampering: list[Attack], tmp_path: Path) -> None:
    run = launch(tmp_path / "run", tampering, isolation="process", honest=HONEST[:1])
    verdicts = {one.name: run.reports[one.file].verdict for one in tampering}
    assert verdicts == dict.fromkeys(verdicts, "fail")
    honest = run.reports[HONEST[0]]
    assert (honest.verdict, honest.settings.isolation) == ("pass", "process")
    assert (run.strays, run.changed, run.processes) == ((), (), ())
