"""Turn what a submission raises, or fails to be, into findings."""

from __future__ import annotations

from pathlib import Path

from pytest_deeprnn.checks.devices import names_device
from pytest_deeprnn.checks.evidence.first_failure import Failures, described, place_of
from pytest_deeprnn.checks.from_scratch import delegation_finding
from pytest_deeprnn.checks.outcome import Failed
from pytest_deeprnn.core.facts import calls
from pytest_deeprnn.core.facts.fact import Fact, InWords
from pytest_deeprnn.core.finding import Finding, Place
from pytest_deeprnn.measurement.calls.runner import StudentLost
from pytest_deeprnn.measurement.traces import Traces
from pytest_deeprnn.sandbox.protocol.messages import Failure, Raised
from pytest_deeprnn.sandbox.worker import WorkerDied, WorkerTimeout
from pytest_deeprnn.submission.binding import Binding
from pytest_deeprnn.submission.decoding import decode, unified
from pytest_deeprnn.submission.discover import Submission
from pytest_deeprnn.submission.files import contents
from pytest_deeprnn.submission.not_installed import what_is_allowed
from pytest_deeprnn.submission.piece_names import of_cell
from pytest_deeprnn.submission.source import MAX_BYTES, Unreadable

_REFUSED = "NotGraded"  # the type that a worker gives to what it refuses


def unreadable(error: Unreadable, submission: Submission) -> Failed:
    """Make the failure of a submission whose text cannot be read or parsed."""
    if error.line is None and error.cell is None:
        finding = Finding("unreadable-file", error.message)
        return Failed(InWords(error.message), (finding,))
    where = "" if error.line is None else f"line {error.line}: "
    where = where if error.cell is None else f"cell {error.cell}, {where}"
    filename = submission.path.rsplit("/", 1)[-1]
    if error.cell is not None:
        filename = of_cell(filename, error.cell)
    detail = f"{where}{error.message}"
    code = "newer-python" if error.newer else "import-error"
    finding = Finding(code, detail, place=Place(filename, error.line, _text(error, submission)))
    return Failed(calls.NotLoaded(InWords(detail)), (finding,))


def _text(error: Unreadable, submission: Submission) -> str | None:
    """The line that cannot be read, where the file has lines at all."""
    if error.line is None or error.cell is not None:
        return None
    try:
        data = contents(Path(submission.path), MAX_BYTES, "")
    except Unreadable:
        return None
    try:
        lines = decode(data).splitlines()
    except Unreadable:  # the line that is told holds a letter in another encoding
        lines = unified(data.decode("utf-8", errors="replace")).splitlines()
    return lines[error.line - 1] if 0 < error.line <= len(lines) else None


def lost(error: StudentLost) -> Failed:
    """Make the failure of a submission whose process ended or hung."""
    is_load, why = error.role == "load", str(error.cause)
    if isinstance(error.cause, WorkerTimeout):
        hang = calls.LoadingHangs(why) if is_load else calls.CallHangs(error.role, why)
        return Failed(hang, (Finding("timeout", hang),))
    fact: Fact = calls.LoadingGarbles(why) if is_load else calls.CallGarbles(error.role, why)
    if isinstance(error.cause, WorkerDied):
        status = error.cause.status
        how = "" if status is None else f" ({_exit(status)})"
        fact = calls.LoadingEnds(how) if is_load else calls.CallEnds(error.role, how)
    return Failed(fact, (Finding("crash", fact),))


def _exit(status: int) -> str:
    return f"signal {-status}" if status < 0 else f"exit status {status}"


def raised(raised: Raised, role: str, traces: Traces) -> Failed:
    """Make the failure of a submission that raised, with the finding that explains it."""
    if raised.delegations and raised.type == "NotImplementedError":  # a network that is not here
        finding = delegation_finding(raised.delegations[0], traces.prepared)
        return Failed(finding.fact, (finding,), frames=raised.frames)
    fact, place = _what_raised(raised, role), Place()
    if raised.frames:
        last = raised.frames[-1]
        place = Place(last.filename, last.line)
        line = traces.prepared.line_said(last.filename, last.line)
        fact = calls.RaisesThere(fact, line, last.function)
    code = "crash"
    if names_device(raised):
        code = "hardcoded-device"
    elif raised.stage == "call" and (_not_callable_so(raised) or _misled(raised, role, traces)):
        code = "wrong-signature"
    if code == "wrong-signature":
        place = _definition(role, traces) or place
    failure = first_failure(raised, role, traces)
    if failure is not None:
        code, fact = "import-error", calls.FollowsFrom(described(failure), fact)
        place = place_of(failure)
    why = failure or raised
    if why.type == ModuleNotFoundError.__name__:
        code = "import-error"
        allowed = what_is_allowed(why.type, why.message, traces.exercise)
        fact = calls.WithAllowed(fact, allowed)
    return Failed(fact, (Finding(code, fact, place=place),), frames=raised.frames)


def _what_raised(raised: Raised, role: str) -> Fact:
    refused = raised.type == _REFUSED
    if role == "load":
        said = f"{raised.type}: {raised.message}".rstrip(": ")
        return calls.LoadingCalls(raised.message) if refused else calls.LoadingRaises(said)
    if refused:
        return calls.CallsRefused(role, raised.message)
    return calls.Raises(role, f"{raised.type}: {raised.message}".rstrip(": "))


def _not_callable_so(raised: Raised) -> bool:
    """A TypeError before the function's first line: its arguments do not fit."""
    return raised.type == "TypeError" and not raised.frames


def _misled(raised: Raised, role: str, traces: Traces | None) -> bool:
    """Whether an argument without a usual name was given a value by its position."""
    binding = None if traces is None else getattr(traces.prepared.contract, role, None)
    guessed = binding is not None and bool(binding.guessed) and not binding.settled
    return guessed and raised.type != "NameError"


def _definition(role: str, traces: Traces) -> Place | None:
    """The line that defines one of the three functions."""
    binding: Binding | None = getattr(traces.prepared.contract, role, None)
    if binding is None:
        return None
    return Place(traces.prepared.filename_of(binding.function), binding.function.line)


def first_failure(raised: Raised, role: str, traces: Traces) -> Failure | None:
    """The statement that could not run, and without which a function raises."""
    binding: Binding | None = getattr(traces.prepared.contract, role, None)
    if binding is None:
        return None
    failures = Failures(traces.prepared, traces.loaded.failures)
    return failures.behind(raised, binding.roots)
