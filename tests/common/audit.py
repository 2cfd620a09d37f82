"""Prints what is found in the labelled submissions: `python tests/common/audit.py --profile NAME`.

A matrix of causes and cells: wrong submissions that fail, of how many; then how many of them are
told the labelled cause first, and its line; and every right submission that does not pass.
"""

from __future__ import annotations

import argparse
import functools
import os
import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from statistics import median

import torch
from labelled import Label, graded, labels, open_checks

from pytest_deeprnn.core.settings import Profile

_CELLS = ("rnn", "gru", "lstm", "gru+rnn")


@dataclass(frozen=True)
class Judged:
    """One labelled submission and what was made of it."""

    label: Label
    verdict: str
    codes: tuple[str, ...]
    line: str
    open: dict[str, str]
    seconds: float

    @property
    def is_right(self) -> bool:
        """Whether the label says so."""
        return not self.label.codes

    @property
    def is_caught(self) -> bool:
        """Whether a wrong one failed, or a right one passed in full."""
        return (self.verdict == "pass" and not self.codes) == self.is_right

    @property
    def is_named_first(self) -> bool:
        """Whether the first cause is the label's, or one that it accepts."""
        return self.codes[:1] != () and self.codes[0] in self.label.codes

    @property
    def is_line_right(self) -> bool:
        """Whether the first cause quotes the labelled line."""
        return self.line == self.label.line.strip()


def judge(label: Label, profile: Profile) -> Judged:
    """Grade one labelled submission."""
    torch.set_num_threads(1)
    start = time.perf_counter()
    report = graded(label, profile)
    first = report.diagnoses[0] if report.diagnoses else None
    return Judged(
        label=label,
        verdict=report.verdict,
        codes=tuple(diagnosis.code for diagnosis in report.diagnoses),
        line=((first.source or "") if first else "").strip(),
        open=open_checks(report),
        seconds=time.perf_counter() - start,
    )


def _matrix(wrong: list[Judged], hit: Callable[[Judged], bool]) -> Iterable[str]:
    yield f"{'':24}" + "".join(f"{cell:>10}" for cell in _CELLS) + f"{'all':>10}"
    for code in sorted({one.label.codes[0] for one in wrong}):
        row = [one for one in wrong if one.label.codes[0] == code]
        yield f"{code:24}" + _cells(row, hit)
    yield f"{'all':24}" + _cells(wrong, hit)


def _cells(row: list[Judged], hit: Callable[[Judged], bool]) -> str:
    columns = [[one for one in row if one.label.cell == cell] for cell in _CELLS]
    return "".join(f"{_share(some, hit):>10}" for some in (*columns, row))


def _share(some: list[Judged], hit: Callable[[Judged], bool]) -> str:
    return f"{sum(map(hit, some))}/{len(some)}" if some else "·"


def _missed(judged: list[Judged]) -> Iterable[str]:
    for one in judged:
        if one.is_right and not one.is_caught:
            yield f"FALSE ALARM  {one.label.id}: {one.open or one.codes}"
        elif not one.is_right and not one.is_caught:
            yield f"NOT CAUGHT   {one.label.id}: {one.label.codes[0]}"
        elif not one.is_right and not one.is_named_first:
            yield f"other cause  {one.label.id}: {one.label.codes[0]}, told {', '.join(one.codes)}"
        elif not one.is_right and one.label.line and not one.is_line_right:
            yield f"other line   {one.label.id}: {one.label.line!r}, told {one.line!r}"


def main() -> int:
    """Grade all and print; 1 where a fault was not caught or a right one did not pass."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--profile", default="standard", choices=("quick", "standard", "thorough"))
    profile = parser.parse_args().profile
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        judged = list(pool.map(functools.partial(judge, profile=profile), labels()))
    wrong = [one for one in judged if not one.is_right]
    right = [one for one in judged if one.is_right]
    lined = [one for one in wrong if one.label.line]
    print("\n".join(_matrix(wrong, lambda one: one.is_caught)))
    print("\n".join(_missed(judged)))
    print(f"faults caught        {_share(wrong, lambda one: one.is_caught)}")
    print(f"cause named first    {_share(wrong, lambda one: one.is_named_first)}")
    print(f"line right           {_share(lined, lambda one: one.is_line_right)}")
    print(f"false alarms         {sum(not one.is_caught for one in right)}/{len(right)}")
    print(f"seconds at the median  {median(one.seconds for one in judged):.2f}")
    return int(not all(one.is_caught for one in judged))


if __name__ == "__main__":
    sys.exit(main())
