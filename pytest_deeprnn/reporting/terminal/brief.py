"""One report in about ten lines, in the order of its page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import PurePath

from rich.text import Text

from pytest_deeprnn.core.catalogue import N_, Words
from pytest_deeprnn.core.report import CheckResult, Diagnosis, Example, Report, Status, Worked
from pytest_deeprnn.core.sanitize import block, line
from pytest_deeprnn.reporting.html_page.excerpt import quote
from pytest_deeprnn.reporting.html_page.number_format import apart, points
from pytest_deeprnn.reporting.html_page.worked_example import decimal, first_row
from pytest_deeprnn.reporting.terminal.screen import Row

_IN = 2
_MOST_LINES = 4  # of one text: what a student's code raised may be long, and the page has it all
_MOST_FOLLOWING = 2
_MOST_QUOTED = 3
_RIGHT, _WRONG, _WAITING = "green", "red", "yellow"
_VERDICTS = {"pass": "bold green", "fail": "bold red", "incomplete": "bold yellow"}
#: What comes before a quantity's name in the line on the smallest example.
_KINDS = {"reads": N_("what it reads, {name}"), "returns": N_("the returned {name}")}


def score(report: Report, words: Words) -> Row:
    """Who, under which exercise, with which verdict and points, and the first cause's code."""
    who = words("{id} as {exercise}: ", id=report.submission.id, exercise=report.exercise)
    most = points(report.max_score)
    text = Text.assemble(
        line(who),
        (words(report.verdict), _VERDICTS.get(report.verdict, "bold yellow")),
        words(", "),
        words("{points} of {most} points", points=points(report.score), most=most),
    )
    if report.diagnoses:
        text.append(words(", ")).append(line(report.diagnoses[0].code))
    return Row(text)


def rows(report: Report, words: Words) -> Iterator[Row]:
    """All that stands below the score."""
    yield from _labelled(words("why: "), _trouble(report))
    yield from _labelled(words("next: "), _next(report, words))
    yield from _cause(report, words)
    yield from _gap(report, words)
    yield from _example(report.worked, words)
    yield from _checks(report, words)


def _labelled(label: str, told: str, indent: int = _IN) -> Iterator[Row]:
    """A text behind its label; nothing where there is no text."""
    if told:
        yield Row(Text.assemble((label, "bold"), block(told)), indent, _MOST_LINES)


def _trouble(report: Report) -> str:
    """What the grader says of its own fault; "" where it has none."""
    told = (one.message for one in report.checks if one.status is Status.ERROR)
    return report.error or next(told, "")


def _next(report: Report, words: Words) -> str:
    """The one next step; "" where nothing is left to do."""
    if report.verdict == "error":
        return words("send the page to your instructor: the grader failed, not you")
    if report.diagnoses:
        return report.diagnoses[0].hint
    failed = next((one.id for one in report.checks if one.status is Status.FAIL), "")
    if failed:
        return words("start with the check {id}", id=failed)
    is_left_out = report.verdict == "incomplete"
    return words("run all checks: leave out -k, -x and --co") if is_left_out else ""


def _cause(report: Report, words: Words) -> Iterator[Row]:
    """The likeliest root cause, its line, and what follows from it."""
    if report.diagnoses:
        first = report.diagnoses[0]
        yield from _message(first, words)
        yield from _line(first, PurePath(report.submission.path).name, words)
        yield from _following(report.diagnoses, words)


def _message(found: Diagnosis, words: Words) -> Iterator[Row]:
    """What was measured has a line of its own where the message is in another language."""
    apart = found.detail and found.message == f"{found.said}\n{found.detail}"
    yield from _labelled(words("cause: "), found.said if apart else found.message)
    if apart:
        yield from _labelled("", found.detail, 2 * _IN)


def _line(found: Diagnosis, main: str, words: Words) -> Iterator[Row]:
    """The student's own lines, marked as pytest marks the line that raised."""
    if found.line is None:
        return
    quoted = quote(found, main, {})
    texts = [one.text for one in quoted.lines if one.text.strip()] if quoted else []
    where = line(_where(found, main, words))
    for text in texts[:_MOST_QUOTED] or [""]:
        yield Row(Text.assemble(("> ", _WRONG), (where, "cyan"), "  ", (line(text), "bold")), _IN)
        where = " " * Text(where).cell_len


def _where(found: Diagnosis, main: str, words: Words) -> str:
    file = found.file or main
    if found.cell is None:
        return f"{file}:{found.line}"
    return words(", ").join(
        (file, words("cell {cell}", cell=found.cell), words("line {line}", line=found.line))
    )


def _following(diagnoses: tuple[Diagnosis, ...], words: Words) -> Iterator[Row]:
    """What follows from the first, each code once."""
    told = Counter((one.code, one.said) for one in diagnoses if one.follows_from == 1)
    for (code, said), number in list(told.items())[:_MOST_FOLLOWING]:
        times = f" ×{number}" if number > 1 else ""
        yield from _labelled(words("follows from it: "), f"{code}{times}. {said}", 2 * _IN)
    left = len(told) - _MOST_FOLLOWING
    if left > 0:
        yield Row(Text(words("and {count} more, on the page", count=left)), 2 * _IN)


def _gap(report: Report, words: Words) -> Iterator[Row]:
    """Goal and gap: what was expected of the first check that compared numbers, and what came."""
    for check in report.checks:
        found = check.example
        if check.status is Status.FAIL and found and None not in (found.expected, found.got):
            yield Row(_expected_and_got(check.id, found, words), _IN)
            return


def _expected_and_got(id_: str, found: Example, words: Words) -> Text:
    expected, got = apart(found.expected or 0.0, found.got or 0.0)
    places = list(_indices(found, words))
    return Text.assemble(
        (words("gap: "), "bold"),
        (words("expected {value}", value=expected), _RIGHT),
        words(", "),
        (words("got {value}", value=got), _WRONG),
        words(" at ") + words(", ").join(places) if places else "",
        line(words(" ({id})", id=id_)),
    )


def _indices(found: Example, words: Words) -> Iterator[str]:
    row = None if found.sizes.get("B") == 1 else found.row
    for told, number in (
        (N_("step {number}"), found.step),
        (N_("layer {number}"), found.layer),
        (N_("batch row {number}"), row),
        (N_("unit {number}"), found.unit),
    ):
        if number is not None:
            yield words(told, number=number)


def _example(worked: Worked | None, words: Words) -> Iterator[Row]:
    """The sizes of the smallest example, and the first number that is not as it should be."""
    if worked is not None:
        sizes = ", ".join(f"{name} = {size}" for name, size in worked.sizes.items())
        told = line(words("smallest example, {sizes}:", sizes=sizes))
        yield Row(Text(told, style="bold"), _IN)
        yield Row(_parting(worked, words), 2 * _IN)


def _parting(worked: Worked, words: Words) -> Text:
    first, row = worked.first, first_row(worked)
    is_missing = row.known == "missing"
    yours = N_("yours is not returned") if is_missing else N_("yours is {value}")
    name = words(_KINDS[first.kind], name=first.name) if first.kind in _KINDS else first.name
    if len(row.expected[0]) > 1:
        name = words("{name} of unit {unit}", name=name, unit=first.unit)
    return Text.assemble(
        line(words(", ").join(_places(worked, words)) + words(": ") + name),
        (words(" should be {value}", value=decimal(first.expected)), _RIGHT),
        words(", "),
        (words(yours, value=decimal(first.got)), _WRONG),
    )


def _places(worked: Worked, words: Words) -> Iterator[str]:
    first = worked.first
    yield words("step {number}", number=first.step)
    yield words("layer {number}", number=first.layer) if first.layer else words("output layer")
    if len(first_row(worked).expected) > 1:
        yield words("batch row {number}", number=first.row)


def _checks(report: Report, words: Words) -> Iterator[Row]:
    """How many checks ended in which way; those that failed or could not be tried by name."""
    if report.checks:
        counts = Text(words("; ")).join(_counts(report.checks, words))
        yield Row(Text.assemble((words("checks: "), "bold"), counts), _IN)


def _counts(checks: tuple[CheckResult, ...], words: Words) -> Iterator[Text]:
    named: dict[Status, list[str]] = {}
    for one in checks:
        named.setdefault(one.status, []).append(line(one.id))
    if (passed := len(named.get(Status.PASS, ()))) == len(checks):
        yield Text(words("all {count} passed", count=passed), style=_RIGHT)
        return
    for status, told, style in (
        (Status.FAIL, N_("{count} failed: "), _WRONG),
        (Status.BLOCKED, N_("{count} blocked: "), _WAITING),
        (Status.ERROR, N_("{count} by an error of the grader: "), _WAITING),
    ):
        if ids := named.get(status):
            yield Text.assemble((words(told, count=len(ids)), style), words(", ").join(ids))
    if skipped := len(named.get(Status.SKIPPED, ())):
        yield Text(words("{count} skipped", count=skipped))
    if passed:
        yield Text(words("{count} passed", count=passed))
