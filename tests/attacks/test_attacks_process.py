"""Without a jail, in a process of their own, submissions that tamper with their grade fail too."""

from __future__ import annotations

import pytest
from attacking import HONEST, Run, launch
from catalogue import NOT_HELD, attacks

TAMPERING = [one for one in attacks(kinds=("tampering",)) if one.name not in NOT_HELD]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("unjailed") / "run"
    return launch(folder, TAMPERING, isolation="process", honest=HONEST[:1])


def test_tampering_fails_without_a_jail(run: Run) -> None:
    verdicts = {one.name: run.reports[one.file].verdict for one in TAMPERING}
    assert verdicts == dict.fromkeys(verdicts, "fail")
    honest = run.reports[HONEST[0]]
    assert (honest.verdict, honest.settings.isolation) == ("pass", "process")
    assert (run.strays, run.changed, run.processes) == ((), (), ())
