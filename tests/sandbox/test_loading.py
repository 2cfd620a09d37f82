"""What a name holds after the statement that makes it failed."""

from __future__ import annotations

import sys

import pytest

from pytest_deeprnn.sandbox.host.d2l_stub.edition import Book
from pytest_deeprnn.sandbox.host.loading import load
from pytest_deeprnn.sandbox.protocol.messages import Load, Unit

FAILS = "1 / 0"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([f"L = {FAILS}"], {"L": 2}),
        ([f"L = {FAILS}", "L = 3", f"other = {FAILS}"], {"L": 3}),
        ([f"L, M = {FAILS}, 5"], {"L": 2, "M": 5}),
        ([f"L, M = 4, {FAILS}"], {"L": 4}),
        (["L = 3"], {"L": 3}),
    ],
)
def test_a_number_stands_in_for_a_failed_statement_until_another_binds_its_name(
    lines: list[str], expected: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "stood_in", sys)  # taken back afterwards
    text = "\n".join(lines)
    run = tuple((number,) for number in range(len(lines)))
    unit = Unit(filename="student.py", text=text, run=run)
    request = Load(
        name="stood_in", units=(unit,), needed=(), constants={}, helpers=(), double=False,
        instead={"L": 2},
    )  # fmt: skip
    module, failures = load(request, Book(lambda *_: None))
    assert {name: vars(module)[name] for name in ("L", "M") if name in vars(module)} == expected
    assert len(failures) == text.count(FAILS)
