"""The matrix in the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from pytest_deeprnn.core.sanitize import line
from pytest_deeprnn.instructor.audit.judge import Judged, Mark
from pytest_deeprnn.instructor.audit.matrix import Matrix

_COLOURS: dict[Mark | None, str] = {
    "pass": "green",
    "exact": "green",
    "named": "cyan",
    "caught": "yellow",
    "MISSED": "bold red",
    "ALARM": "bold red",
    None: "dim",
}


_WIDTH_OF_FILES = 160


def console() -> Console:
    """The terminal's own width; in a file or a pipe enough for one line a fault."""
    terminal = Console()
    return terminal if terminal.is_terminal else Console(width=_WIDTH_OF_FILES)


def show(matrix: Matrix, console: Console) -> None:
    """Print the matrix, what was missed or told as something else, and the sums."""
    console.print(_by_fault(matrix))
    console.print(_by_code(matrix))
    for title, marks in _LISTS:
        _list(matrix, console, title, *marks)
    _sums(matrix, console)


_LISTS: tuple[tuple[str, tuple[Mark, ...]], ...] = (
    ("Told as another cause", ("caught",)),
    ("Right submissions that failed", ("ALARM",)),
    ("Missed", ("MISSED",)),
)


def _by_fault(matrix: Matrix) -> Table:
    table = Table(
        title=escape(line(f"{matrix.exercise}: each fault in each style")), title_justify="left"
    )
    for name in ("cause", "cell", "fault"):
        table.add_column(name)
    for style in matrix.styles:
        table.add_column(style, justify="center")
    for row in matrix.rows:
        marks = (_marked(row.mark(style)) for style in matrix.styles)
        table.add_row(row.code or "right", row.cell, escape(line(row.fault)), *marks)
    return table


def _marked(mark: Mark | None) -> str:
    return f"[{_COLOURS[mark]}]{mark or '·'}[/]"


def _by_code(matrix: Matrix) -> Table:
    table = Table(title="By cause", title_justify="left")
    table.add_column("cause")
    for name in ("faults", "caught", "named first", "exact", "seconds"):
        table.add_column(name, justify="right")
    for code, sums in matrix.by_code.items():
        counts = (sums.faults, sums.caught, sums.named, sums.exact)
        table.add_row(code, *map(str, counts), f"{sums.median_seconds:.1f}")
    return table


def _list(matrix: Matrix, console: Console, title: str, *marks: Mark) -> None:
    found = matrix.marked(*marks)
    if found:
        console.print(f"[{_COLOURS[marks[0]]}]{title}[/]")
    for one in found:
        console.print(f"  {escape(line(_sentence(one)))}", highlight=False)


def _sentence(one: Judged) -> str:
    """What was generated, and what was told of it."""
    where = f", {one.where}" if one.where else ""
    told = ", ".join(one.told) or (", ".join(one.failed) if one.is_right else "nothing")
    told = "the grader failed" if one.verdict == "error" else told
    expected = one.expected[0] if one.expected else "right"
    return f"{one.style}: {expected}: {one.fault}{where}: told {told} ({one.file})"


def _sums(matrix: Matrix, console: Console) -> None:
    sums = matrix.totals
    console.print(f"faults caught      {sums.caught}/{sums.faults}", highlight=False)
    console.print(f"cause named first  {sums.named}/{sums.faults}", highlight=False)
    console.print(f"cause proven       {sums.exact}/{sums.faults}", highlight=False)
    console.print(f"false alarms       {sums.false_alarms}/{sums.right}", highlight=False)
    console.print(f"seconds, median    {sums.median_seconds}", highlight=False)
